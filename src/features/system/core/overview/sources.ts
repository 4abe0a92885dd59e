import type { Part } from './schema/overview';

/** Read for every sample; each of them is there on every kernel that is not very odd. */
export const COUNTER_FILES = [
  '/proc/stat',
  '/proc/meminfo',
  '/proc/loadavg',
  '/proc/uptime',
  '/proc/vmstat',
  '/proc/diskstats',
  '/proc/net/dev',
] as const;

/** Read for every sample where the kernel has them (since 4.20; irq since 6.1). */
export const PRESSURE_FILES = [
  '/proc/pressure/cpu',
  '/proc/pressure/memory',
  '/proc/pressure/io',
  '/proc/pressure/irq',
] as const;

/** Changes slowly, takes the kernel long to write, or asks hardware that is slow to answer. */
export const SLOW_PATTERNS = [
  '/proc/self/mountinfo',
  '/sys/class/hwmon/*/temp*_input',
  '/sys/class/hwmon/*/fan*_input',
  '/sys/class/hwmon/*/device/temp*_input',
  '/sys/class/hwmon/*/device/fan*_input',
  '/sys/class/thermal/thermal_zone*/temp',
  '/sys/class/power_supply/*/uevent',
  '/sys/devices/system/cpu/cpu*/cpufreq/scaling_cur_freq',
  '/sys/class/net/*/operstate',
] as const;

/** As good as never changes; read again when devices come or go. */
export const FIXED_PATTERNS = [
  '/etc/os-release',
  '/usr/lib/os-release',
  '/proc/cpuinfo',
  '/proc/self/cgroup',
  '/proc/self/status',
  '/proc/sys/kernel/hostname',
  '/proc/sys/kernel/ostype',
  '/proc/sys/kernel/osrelease',
  '/proc/sys/kernel/arch',
  '/proc/sys/vm/min_free_kbytes',
  '/sys/devices/system/cpu/offline',
  '/sys/devices/system/cpu/present',
  '/sys/class/hwmon/*/name',
  '/sys/class/hwmon/*/temp*_label',
  '/sys/class/hwmon/*/temp*_max',
  '/sys/class/hwmon/*/temp*_crit',
  '/sys/class/hwmon/*/fan*_label',
  '/sys/class/hwmon/*/device/name',
  '/sys/class/thermal/thermal_zone*/type',
  '/sys/class/net/*/flags',
  '/sys/class/net/*/speed',
  '/sys/class/net/*/duplex',
  '/sys/class/net/*/mtu',
  '/sys/class/net/*/address',
  '/sys/class/net/*/device/uevent',
  '/sys/block/*/size',
  '/sys/block/*/queue/rotational',
  '/sys/block/*/device/model',
  '/sys/block/*/dm/name',
  '/sys/block/*/slaves/*/dev',
] as const;

const SLOW_PATH =
  /^\/proc\/self\/mountinfo$|^\/sys\/(?:class\/hwmon\/.*_input|class\/thermal\/.*\/temp|class\/power_supply\/.*\/uevent|devices\/system\/cpu\/.*\/scaling_cur_freq|class\/net\/[^/]+\/operstate)$/;

/** Whether a path is one that a slow pattern stands for. */
export function isSlowPath(path: string): boolean {
  return SLOW_PATH.test(path);
}

/** Which part of the result suffers when this file of /sys is denied. */
export function partOfPath(path: string): Part {
  if (path.startsWith('/sys/class/net/')) return 'interfaces';
  if (path.startsWith('/sys/block/')) return 'blockDevices';
  if (path.startsWith('/sys/devices/system/cpu/')) return 'cpu';
  if (path.startsWith('/sys/fs/cgroup/')) return 'controlGroup';
  return 'sensors';
}
