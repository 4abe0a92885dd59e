/** A link of /proc/PID/ns, see namespaces(7): 'net:[4026531840]'. */
export interface NamespaceLink {
  /** 'net'; of 'pid_for_children' it is 'pid'. */
  readonly kind: string;
  readonly inode: number;
}

export function parseNamespaceLink(target: string): NamespaceLink | null {
  const [, kind, inode] = /^([a-z_]+):\[(\d{1,15})\]$/.exec(target) ?? [];
  return kind === undefined || inode === undefined ? null : { kind, inode: Number(inode) };
}
