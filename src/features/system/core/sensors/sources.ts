import { CHANNEL_FACTS, CHANNEL_KINDS, CHANNEL_VALUES } from '../kernel/sensorsDetail';

const CPU = '/sys/devices/system/cpu';

/** Old kernels keep the channels in the device's folder. */
function channelFiles(suffixes: readonly string[]): readonly string[] {
  const folders = ['/sys/class/hwmon/*', '/sys/class/hwmon/*/device'];
  return folders.flatMap((folder) =>
    CHANNEL_KINDS.flatMap((kind) => suffixes.map((suffix) => `${folder}/${kind}[0-9]*_${suffix}`)),
  );
}

/** Read for every sample. */
export const VALUE_PATTERNS: readonly string[] = [
  ...channelFiles(CHANNEL_VALUES),
  '/sys/class/thermal/thermal_zone[0-9]*/temp',
  '/sys/class/thermal/cooling_device[0-9]*/cur_state',
  '/sys/class/power_supply/*/uevent',
  '/sys/class/powercap/*/energy_uj',
  `${CPU}/cpu[0-9]*/cpufreq/scaling_cur_freq`,
  `${CPU}/cpu[0-9]*/cpufreq/scaling_max_freq`,
  `${CPU}/cpu[0-9]*/cpufreq/scaling_governor`,
  `${CPU}/cpu[0-9]*/thermal_throttle/*_throttle_*`,
  `${CPU}/intel_pstate/no_turbo`,
  `${CPU}/cpufreq/boost`,
  '/proc/cpuinfo',
];

/** As good as never changes: read again when a sensor comes or goes. */
export const FACT_PATTERNS: readonly string[] = [
  ...channelFiles(CHANNEL_FACTS),
  '/sys/class/hwmon/*/name',
  '/sys/class/hwmon/*/device/name',
  '/sys/class/hwmon/*/device/model',
  '/sys/class/thermal/thermal_zone[0-9]*/type',
  '/sys/class/thermal/thermal_zone[0-9]*/mode',
  '/sys/class/thermal/thermal_zone[0-9]*/policy',
  '/sys/class/thermal/thermal_zone[0-9]*/trip_point_[0-9]*_temp',
  '/sys/class/thermal/thermal_zone[0-9]*/trip_point_[0-9]*_type',
  '/sys/class/thermal/cooling_device[0-9]*/type',
  '/sys/class/thermal/cooling_device[0-9]*/max_state',
  '/sys/class/powercap/*/name',
  '/sys/class/powercap/*/max_energy_range_uj',
  `${CPU}/cpu[0-9]*/cpufreq/cpuinfo_min_freq`,
  `${CPU}/cpu[0-9]*/cpufreq/cpuinfo_max_freq`,
  `${CPU}/cpu[0-9]*/cpufreq/scaling_driver`,
  `${CPU}/cpu[0-9]*/cpufreq/energy_performance_preference`,
  '/proc/sys/kernel/hostname',
];
