/** What systemctl of several versions prints about one and the same set of units. */

export const UNITS_JSON = JSON.stringify([
  {
    unit: 'nginx.service',
    load: 'loaded',
    active: 'active',
    sub: 'running',
    description: 'A high performance web server',
  },
  { unit: 'backup.service', load: 'loaded', active: 'failed', sub: 'failed', description: 'Nightly backup' },
  { unit: 'crashy.service', load: 'loaded', active: 'activating', sub: 'auto-restart', description: 'Crashy' },
  {
    unit: 'keyboard-setup.service',
    load: 'loaded',
    active: 'active',
    sub: 'exited',
    description: 'Set the console keyboard',
  },
  { unit: 'ntp.service', load: 'not-found', active: 'inactive', sub: 'dead', description: 'ntp.service' },
  { unit: 'data.mount', load: 'loaded', active: 'failed', sub: 'failed', description: '/data' },
  { unit: 'backup.timer', load: 'loaded', active: 'active', sub: 'waiting', description: 'Nightly backup' },
  { unit: 'dev-sda.device', load: 'loaded', active: 'active', sub: 'plugged', description: 'A disk' },
  { unit: 'session-3.scope', load: 'loaded', active: 'active', sub: 'running', description: 'Session 3 of User alice' },
]);

/** 239 takes --output=json and prints the table all the same. */
export const UNITS_TABLE = `nginx.service          loaded    active     running      A high performance web server
backup.service         loaded    failed     failed       Nightly backup
crashy.service         loaded    activating auto-restart Crashy
keyboard-setup.service loaded    active     exited       Set the console keyboard
ntp.service            not-found inactive   dead         ntp.service
data.mount             loaded    failed     failed       /data
backup.timer           loaded    active     waiting      Nightly backup
dev-sda.device         loaded    active     plugged      A disk
session-3.scope        loaded    active     running      Session 3 of User alice
`;

const FILES = [
  ['nginx.service', 'enabled', 'enabled'],
  ['backup.service', 'static', null],
  ['getty@.service', 'enabled', 'enabled'],
  ['rsync.service', 'disabled', 'enabled'],
  ['syslog.service', 'alias', null],
] as const;
const filesJson = (preset: string): string =>
  JSON.stringify(FILES.map(([unit, state, wanted]) => ({ unit_file: unit, state, [preset]: wanted })));

export const FILES_JSON = filesJson('preset');
export const FILES_JSON_247 = filesJson('vendor_preset');
/** No third column before 244. */
export const FILES_TABLE = FILES.map(([unit, state]) => `${unit} ${state}\n`).join('');

export const SHOWN = `Id=nginx.service
Description=A high performance web server
LoadState=loaded
ActiveState=active
SubState=running
UnitFileState=enabled
MainPID=700
ExecMainStatus=0
Result=success
NRestarts=2
ActiveEnterTimestamp=Mon 2026-11-23 10:00:05 UTC
StateChangeTimestamp=Mon 2026-11-23 10:00:05 UTC
MemoryCurrent=12345678
CPUUsageNSec=5250000000
TasksCurrent=5
FragmentPath=/lib/systemd/system/nginx.service

Id=backup.service
ActiveState=failed
SubState=failed
MainPID=0
ExecMainStatus=17
Result=exit-code
NRestarts=0
ActiveEnterTimestamp=n/a
StateChangeTimestamp=Mon 2026-11-23 03:00:42 UTC
MemoryCurrent=[not set]
CPUUsageNSec=18446744073709551615
TasksCurrent=[not set]

Id=backup.timer
ActiveState=active
Unit=backup.service
NextElapseUSecRealtime=Tue 2026-11-24 03:00:00 UTC
NextElapseUSecMonotonic=infinity
LastTriggerUSec=Mon 2026-11-23 03:00:02 UTC

Id=boot.timer
ActiveState=active
Unit=boot.service
NextElapseUSecRealtime=
NextElapseUSecMonotonic=1d 15min
LastTriggerUSec=n/a

Id=once.timer
ActiveState=active
Unit=once.service
NextElapseUSecRealtime=n/a
NextElapseUSecMonotonic=0
`;

export const MANAGER_252 = 'Version=252.38-1~deb12u1\nSystemState=degraded\n';
