import { isFailure, type FileTexts } from '../../../../machine/machine';
import { percentOf } from './numbers';
import { count, decimal, wholeLines } from './text';

/** A battery of /sys/class/power_supply, see Documentation/ABI/testing/sysfs-class-power of the kernel. */
export interface Battery {
  /** Such as BAT0. */
  readonly name: string;
  readonly model: string | null;
  readonly chargePercent: number | null;
  readonly state: 'charging' | 'discharging' | 'full' | 'not charging' | 'unknown';
  /** Until it is empty, at the present draw; null while it is not discharging. */
  readonly secondsLeft: number | null;
  readonly powerWatts: number | null;
  /** What it can still hold, of what it could hold when new. */
  readonly healthPercent: number | null;
  readonly cycles: number | null;
  /** That of a mouse, keyboard or headset, not the machine's own. */
  readonly peripheral: boolean;
}

/** Any supply: a battery, a mains adapter, a USB port, an uninterruptible power supply. */
export interface PowerSupply {
  /** Such as AC or BAT0. */
  readonly name: string;
  /** Battery, Mains, USB, UPS, Wireless … */
  readonly type: string;
  /** Delivers power; null for batteries. */
  readonly online: boolean | null;
  readonly manufacturer: string | null;
  /** Li-ion, Li-poly … */
  readonly technology: string | null;
  readonly volts: number | null;
  /** Until it is full, at the present charge; null while it is not charging. */
  readonly secondsToFull: number | null;
  /** null for what is no battery, or an empty bay. */
  readonly battery: Battery | null;
}

const STATES: Readonly<Record<string, Battery['state']>> = {
  Charging: 'charging',
  Discharging: 'discharging',
  Full: 'full',
  'Not charging': 'not charging',
};

const UEVENT = /^\/sys\/class\/power_supply\/([^/]+)\/uevent$/;

/** One file a supply, uevent, holds every property: reading the properties one by one asks the firmware each time. */
export function batteriesOf(texts: FileTexts): readonly Battery[] {
  const batteries: Battery[] = [];
  for (const [path, content] of texts) {
    const name = UEVENT.exec(path)?.[1];
    if (name === undefined || isFailure(content)) continue;
    const battery = batteryOf(name, content);
    if (battery !== null) batteries.push(battery);
  }
  return batteries.sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
}

/** All supplies, also those that are not plugged in; an empty bay of a battery is left out. */
export function suppliesOf(texts: FileTexts): readonly PowerSupply[] {
  const supplies: PowerSupply[] = [];
  for (const [path, content] of texts) {
    const name = UEVENT.exec(path)?.[1];
    if (name === undefined || isFailure(content)) continue;
    const supply = supplyOf(name, content);
    if (supply !== null) supplies.push(supply);
  }
  return supplies.sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
}

function supplyOf(name: string, uevent: string): PowerSupply | null {
  const properties = propertiesOf(uevent);
  const type = properties.get('TYPE');
  const battery = batteryOf(name, uevent);
  if (type === undefined || (type === 'Battery' && battery === null)) return null;
  const microvolts = magnitude(properties.get('VOLTAGE_NOW'));
  const online = properties.get('ONLINE');
  return {
    name,
    type,
    online: online === undefined || type === 'Battery' ? null : online !== '0',
    manufacturer: properties.get('MANUFACTURER')?.trim() || null,
    technology: properties.get('TECHNOLOGY')?.trim() || null,
    volts: microvolts === null ? null : Math.round(microvolts / 1e4) / 100,
    secondsToFull: battery?.state === 'charging' ? secondsToFull(properties) : null,
    battery,
  };
}

function secondsToFull(properties: ReadonlyMap<string, string>): number | null {
  const unit = properties.has('ENERGY_FULL') || properties.has('ENERGY_NOW') ? 'ENERGY' : 'CHARGE';
  const now = count(properties.get(`${unit}_NOW`));
  const full = count(properties.get(`${unit}_FULL`));
  const draw = unit === 'ENERGY' ? drawMicrowatts(properties) : magnitude(properties.get('CURRENT_NOW'));
  if (now === null || full === null || draw === null || draw <= 0) return null;
  return Math.max(0, Math.round(((full - now) / draw) * 3600));
}

/** Whether a mains adapter is plugged in; null where there is none to ask. */
export function mainsOnline(texts: FileTexts): boolean | null {
  let known: boolean | null = null;
  for (const [path, content] of texts) {
    if (!UEVENT.test(path) || isFailure(content)) continue;
    const properties = propertiesOf(content);
    const type = properties.get('TYPE');
    if (type === undefined || type === 'Battery' || !properties.has('ONLINE')) continue;
    known = (known ?? false) || properties.get('ONLINE') === '1';
  }
  return known;
}

function batteryOf(name: string, uevent: string): Battery | null {
  const properties = propertiesOf(uevent);
  if (properties.get('TYPE') !== 'Battery' || properties.get('PRESENT') === '0') return null;
  const micro = (property: string): number | null => count(properties.get(property));
  // Batteries count either energy (µWh) or charge (µAh).
  const unit = properties.has('ENERGY_FULL') || properties.has('ENERGY_NOW') ? 'ENERGY' : 'CHARGE';
  const now = micro(`${unit}_NOW`);
  const full = micro(`${unit}_FULL`);
  const state = STATES[properties.get('STATUS') ?? ''] ?? 'unknown';
  const draw = unit === 'ENERGY' ? drawMicrowatts(properties) : magnitude(properties.get('CURRENT_NOW'));
  const watts = drawMicrowatts(properties);
  return {
    name,
    model: properties.get('MODEL_NAME')?.trim() || null,
    chargePercent: percentOf(micro('CAPACITY'), 100) ?? percentOf(now, full),
    state,
    secondsLeft:
      state === 'discharging' && now !== null && draw !== null && draw > 0 ? Math.round((now / draw) * 3600) : null,
    powerWatts: watts === null ? null : Math.round(watts / 1e4) / 100,
    healthPercent: percentOf(full, micro(`${unit}_FULL_DESIGN`)),
    cycles: micro('CYCLE_COUNT') || null,
    peripheral: properties.get('SCOPE') === 'Device',
  };
}

function drawMicrowatts(properties: ReadonlyMap<string, string>): number | null {
  const power = magnitude(properties.get('POWER_NOW'));
  if (power !== null) return power;
  const current = magnitude(properties.get('CURRENT_NOW'));
  const voltage = magnitude(properties.get('VOLTAGE_NOW'));
  return current === null || voltage === null ? null : (current * voltage) / 1e6;
}

/** Some drivers count what flows out of the battery as negative. */
function magnitude(text: string | undefined): number | null {
  const value = decimal(text);
  return value === null ? null : Math.abs(value);
}

function propertiesOf(uevent: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const line of wholeLines(uevent)) {
    const equals = line.indexOf('=');
    if (line.startsWith('POWER_SUPPLY_') && equals > 13) properties.set(line.slice(13, equals), line.slice(equals + 1));
  }
  return properties;
}
