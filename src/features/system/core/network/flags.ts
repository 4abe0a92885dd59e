/** IFF_* of netdevice(7) that stand in /sys/class/net/NAME/flags. */
const FLAGS: readonly (readonly [number, string])[] = [
  [0x1, 'UP'],
  [0x2, 'BROADCAST'],
  [0x4, 'DEBUG'],
  [0x8, 'LOOPBACK'],
  [0x10, 'POINTOPOINT'],
  [0x20, 'NOTRAILERS'],
  [0x80, 'NOARP'],
  [0x100, 'PROMISC'],
  [0x200, 'ALLMULTI'],
  [0x400, 'MASTER'],
  [0x800, 'SLAVE'],
  [0x1000, 'MULTICAST'],
  [0x2000, 'PORTSEL'],
  [0x4000, 'AUTOMEDIA'],
  [0x8000, 'DYNAMIC'],
];

export interface LinkState {
  readonly flags: readonly string[];
  readonly up: boolean;
  /** Switched on, and its state is up or unknown (which is that of links that cannot tell). */
  readonly running: boolean;
}

/** The file has no flags of the link itself: they come from the state and the carrier, as the kernel makes them. */
export function linkState(hexFlags: string | null, state: string | null, carrier: boolean | null): LinkState | null {
  if (hexFlags === null || !/^0x[0-9a-f]+$/i.test(hexFlags)) return null;
  const bits = Number(hexFlags);
  const up = (bits & 1) !== 0;
  const running = up && (state === 'up' || state === 'unknown');
  const names = FLAGS.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name);
  if (running) names.push('RUNNING');
  if (up && carrier === true) names.push('LOWER_UP');
  if (up && carrier === false) names.push('NO-CARRIER');
  if (up && state === 'dormant') names.push('DORMANT');
  return { flags: names, up, running };
}
