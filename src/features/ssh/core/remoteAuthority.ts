import type { Host } from '../../../machine/machines';

/**
 * How Remote - SSH calls a host: 'ssh-remote+web01'. What its configuration does not know (an address, user or port of
 * a hosts file), and a name that is not all small letters, digits, '-' and '.', goes as JSON in hexadecimal digits, as
 * that extension writes it itself: VS Code makes the letters of an authority small.
 */
export function remoteAuthority(name: string, host: Pick<Host, 'address' | 'port' | 'user'> | undefined): string {
  const { address = null, port = null, user = null } = host ?? {};
  const isPlain = address === null && port === null && user === null && /^[a-z0-9.-]+$/.test(name);
  if (isPlain) return `ssh-remote+${name}`;
  const typed = /^(?:([^@]+)@)?(?:\[([^[\]]+)\]|([^:]+))(?::(\d+))?$/.exec(name);
  const [typedUser, bracketed, plain, typedPort] = host === undefined && typed !== null ? typed.slice(1) : [];
  const destination = {
    hostName: address ?? bracketed ?? plain ?? name,
    user: user ?? typedUser,
    port: port ?? (typedPort === undefined ? undefined : Number(typedPort)),
  };
  return `ssh-remote+${Buffer.from(JSON.stringify(destination)).toString('hex')}`;
}
