/**
 * Inodes of the sockets with this local port, from /proc/net/tcp, tcp6, udp or udp6 (proc_net(5)): lines of `number:
 * local remote state queues timer retransmits uid timeout inode …`, addresses and ports in hexadecimal digits.
 * Inode 0, of a socket that no process has any more, is left out.
 */
export function inodesOfPort(text: string, port: number): readonly string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  const inodes: string[] = [];
  for (const line of text.split('\n')) {
    const numberEnd = line.indexOf(': ');
    const portAt = line.indexOf(':', numberEnd + 2);
    if (numberEnd < 0 || !line.startsWith(wanted, portAt)) continue;
    const inode = line.slice(numberEnd + 2).split(/ +/, 9)[8];
    if (inode !== undefined && inode !== '0') inodes.push(inode);
  }
  return inodes;
}

const SOCKET = 'socket:[';

/** The inode in the target of /proc/PID/fd/N; null where that is no socket. */
export function socketInode(target: string): string | null {
  return target.startsWith(SOCKET) && target.endsWith(']') ? target.slice(SOCKET.length, -1) : null;
}
