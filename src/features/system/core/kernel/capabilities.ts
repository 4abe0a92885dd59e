/** By their bit, see capabilities(7). */
const NAMES = [
  'chown',
  'dac_override',
  'dac_read_search',
  'fowner',
  'fsetid',
  'kill',
  'setgid',
  'setuid',
  'setpcap',
  'linux_immutable',
  'net_bind_service',
  'net_broadcast',
  'net_admin',
  'net_raw',
  'ipc_lock',
  'ipc_owner',
  'sys_module',
  'sys_rawio',
  'sys_chroot',
  'sys_ptrace',
  'sys_pacct',
  'sys_admin',
  'sys_boot',
  'sys_nice',
  'sys_resource',
  'sys_time',
  'sys_tty_config',
  'mknod',
  'lease',
  'audit_write',
  'audit_control',
  'setfcap',
  'mac_override',
  'mac_admin',
  'syslog',
  'wake_alarm',
  'block_suspend',
  'audit_read',
  'perfmon',
  'bpf',
  'checkpoint_restore',
] as const;

/**
 * The capabilities of a mask of /proc/PID/status, such as 000001ffffffffff: 'CAP_CHOWN'. One that is newer than this
 * list stands as 'CAP_41'. null when the text is no mask.
 */
export function capabilitiesOf(mask: string): readonly string[] | null {
  if (!/^[0-9a-f]{1,16}$/.test(mask)) return null;
  const bits = BigInt(`0x${mask}`);
  const found: string[] = [];
  for (let bit = 0; bit <= LAST_BIT; bit++) {
    if (((bits >> BigInt(bit)) & 1n) === 1n) found.push(nameOf(bit));
  }
  return found;
}

/** What is missing of all those that a kernel knows whose last one (/proc/sys/kernel/cap_last_cap) is this. */
export function lackedCapabilities(held: readonly string[], last: number): readonly string[] {
  const names = new Set(held);
  const all = Array.from({ length: Math.min(last, LAST_BIT) + 1 }, (_, bit) => nameOf(bit));
  return all.filter((name) => !names.has(name));
}

const LAST_BIT = 63;

function nameOf(bit: number): string {
  return `CAP_${(NAMES[bit] ?? String(bit)).toUpperCase()}`;
}
