import type { FileTexts } from '../../../../machine/machine';
import { decimal, singleValue } from './text';

/** What a channel of a hwmon chip measures, see Documentation/hwmon/sysfs-interface.rst of the kernel. */
export const CHANNEL_KINDS = ['temp', 'fan', 'in', 'curr', 'power', 'energy', 'humidity', 'intrusion'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** One channel in °C, rpm, V, A, W, J or percent; an intrusion contact has no value, only its alarm. */
export interface Channel {
  /** Stable while the chip is there: chip folder and channel, such as hwmon2/temp1. */
  readonly id: string;
  readonly kind: ChannelKind;
  /** Name of the driver's chip, such as coretemp. */
  readonly chip: string;
  /** Model of the device that the chip sits on, such as that of a disk. */
  readonly device: string | null;
  readonly label: string;
  readonly value: number | null;
  /** Limits as the chip or its driver names them; null where it names none, or one that cannot be. */
  readonly limits: Readonly<Record<Limit, number | null>>;
  /** Which alarms are on: 'alarm', 'max_alarm', 'crit_alarm' … */
  readonly alarms: readonly string[];
  /** The sensor itself is broken or not connected. */
  readonly fault: boolean;
}

const LIMITS = ['lcrit', 'min', 'max', 'crit', 'emergency'] as const;
export type Limit = (typeof LIMITS)[number];

/** The files write integers: thousandths of a degree, volt, ampere or percent, millionths of a watt or joule. */
const UNITS: Readonly<Record<ChannelKind, number>> = {
  temp: 1_000,
  fan: 1,
  in: 1_000,
  curr: 1_000,
  power: 1_000_000,
  energy: 1_000_000,
  humidity: 1_000,
  intrusion: 1,
};

const CHANNEL =
  /^(\/sys\/class\/hwmon\/(hwmon\d+)(?:\/device)?)\/((temp|fan|in|curr|power|energy|humidity|intrusion)\d+)_(.+)$/;

/** Files of one kind of channel: the values, and what does not change. */
export const CHANNEL_VALUES = ['input', 'average', 'alarm', '*_alarm', 'fault'] as const;
export const CHANNEL_FACTS = ['label', ...LIMITS] as const;

interface Place {
  readonly folder: string;
  readonly hwmon: string;
  readonly name: string;
  readonly kind: ChannelKind;
}

/** All channels of all chips, by their numbers. One without a value, an alarm or a fault to tell is left out. */
export function channelsOf(texts: FileTexts): readonly Channel[] {
  const places = new Map<string, Place>();
  for (const path of texts.keys()) {
    const place = placeOf(path);
    if (place === null) continue;
    const id = `${place.hwmon}/${place.name}`;
    // Old kernels keep the channels in the device's folder; where both exist, that one is a second view of the same.
    if (!places.has(id) || !place.folder.endsWith('/device')) places.set(id, place);
  }
  const channels = [...places].map(([id, place]) => channelOf(texts, id, place));
  const telling = channels.filter((one) => one.value !== null || one.fault || one.kind === 'intrusion');
  return telling.sort((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }));
}

function placeOf(path: string): Place | null {
  const [, folder, hwmon, name, kind, suffix] = CHANNEL.exec(path) ?? [];
  if (folder === undefined || hwmon === undefined || name === undefined || kind === undefined) return null;
  return suffix === 'input' || suffix === 'average' || kind === 'intrusion'
    ? { folder, hwmon, name, kind: kind as ChannelKind }
    : null;
}

function channelOf(texts: FileTexts, id: string, { folder, hwmon, name, kind }: Place): Channel {
  const file = (suffix: string): string | null => singleValue(texts.get(`${folder}/${name}_${suffix}`));
  const chipFile = (file: string): string | null =>
    singleValue(texts.get(`/sys/class/hwmon/${hwmon}/${file}`)) ?? singleValue(texts.get(`${folder}/${file}`));
  const scaled = (suffix: string): number | null => divided(file(suffix), UNITS[kind]);
  const limit = (suffix: Limit): number | null => plausible(kind, scaled(suffix));
  const value = kind === 'intrusion' ? null : (scaled('input') ?? scaled('average'));
  return {
    id,
    kind,
    chip: chipFile('name') ?? hwmon,
    device: chipFile('device/model'),
    label: file('label') ?? name,
    value: kind === 'fan' && value !== null && value < 0 ? null : value,
    limits: {
      lcrit: limit('lcrit'),
      min: limit('min'),
      max: limit('max'),
      crit: limit('crit'),
      emergency: limit('emergency'),
    },
    alarms: ALARMS.filter((alarm) => file(alarm) === '1'),
    fault: file('fault') === '1',
  };
}

const ALARMS = ['alarm', ...LIMITS.map((limit) => `${limit}_alarm`), 'cap_alarm'];

function divided(text: string | null, by: number): number | null {
  const value = decimal(text ?? undefined);
  return value === null ? null : value / by;
}

/** Drivers of temperatures without a limit write 0, -273 or 65261 degrees; of fans, 0. */
function plausible(kind: ChannelKind, limit: number | null): number | null {
  if (limit === null) return null;
  if (kind === 'temp') return limit >= -100 && limit !== 0 && limit <= 250 ? limit : null;
  return kind === 'fan' && limit <= 0 ? null : limit;
}

/** A thermal zone with the points at which something is done, see Documentation/driver-api/thermal of the kernel. */
export interface ThermalZone {
  readonly name: string;
  readonly type: string;
  readonly celsius: number | null;
  readonly policy: string | null;
  readonly enabled: boolean | null;
  /** Ascending. `type`: active (a fan starts), passive (throttles), hot, critical (shuts down). */
  readonly trips: readonly { readonly type: string; readonly celsius: number }[];
}

export function thermalZonesOf(texts: FileTexts): readonly ThermalZone[] {
  const names = new Set<string>();
  for (const path of texts.keys()) {
    const name = /^\/sys\/class\/thermal\/(thermal_zone\d+)\//.exec(path)?.[1];
    if (name !== undefined) names.add(name);
  }
  return [...names].sort(byNumber).map((name) => zoneOf(texts, name));
}

function zoneOf(texts: FileTexts, name: string): ThermalZone {
  const folder = `/sys/class/thermal/${name}`;
  const file = (suffix: string): string | null => singleValue(texts.get(`${folder}/${suffix}`));
  const trips: { type: string; celsius: number }[] = [];
  for (const path of texts.keys()) {
    const number = path.startsWith(`${folder}/`) ? /\/trip_point_(\d+)_temp$/.exec(path)?.[1] : undefined;
    if (number === undefined) continue;
    const celsius = plausible('temp', divided(file(`trip_point_${number}_temp`), 1_000));
    const type = file(`trip_point_${number}_type`);
    if (celsius !== null && type !== null) trips.push({ type, celsius });
  }
  const mode = file('mode');
  return {
    name,
    type: file('type') ?? name,
    celsius: divided(file('temp'), 1_000),
    policy: file('policy'),
    enabled: mode === null ? null : mode === 'enabled',
    trips: trips.sort((one, other) => one.celsius - other.celsius),
  };
}

/** A fan, or a processor that can be slowed down, to keep a zone cool. */
export interface CoolingDevice {
  readonly name: string;
  readonly type: string;
  /** 0: not at work. */
  readonly state: number;
  readonly maxState: number;
}

export function coolingDevicesOf(texts: FileTexts): readonly CoolingDevice[] {
  const devices: CoolingDevice[] = [];
  for (const path of texts.keys()) {
    const name = /^\/sys\/class\/thermal\/(cooling_device\d+)\/cur_state$/.exec(path)?.[1];
    if (name === undefined) continue;
    const file = (suffix: string): string | null => singleValue(texts.get(`/sys/class/thermal/${name}/${suffix}`));
    const [state, maxState] = [decimal(file('cur_state') ?? undefined), decimal(file('max_state') ?? undefined)];
    if (state !== null && maxState !== null) devices.push({ name, type: file('type') ?? name, state, maxState });
  }
  return devices.sort((one, other) => byNumber(one.name, other.name));
}

function byNumber(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
