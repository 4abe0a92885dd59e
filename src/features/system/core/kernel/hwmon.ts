import type { FileTexts } from '../../../../machine/machine';
import { decimal, singleValue } from './text';

/** A temperature of Documentation/hwmon/sysfs-interface.rst of the kernel, or of a thermal zone. */
export interface Temperature {
  /** Stable: chip folder and channel, such as hwmon2/temp1. */
  readonly id: string;
  /** Name of the chip, such as coretemp. */
  readonly chip: string;
  readonly label: string;
  readonly celsius: number | null;
  /** Limits that the chip or its driver names. */
  readonly highCelsius: number | null;
  readonly criticalCelsius: number | null;
}

export interface Fan {
  readonly id: string;
  readonly chip: string;
  readonly label: string;
  readonly rpm: number | null;
}

const CHANNEL = /^(\/sys\/class\/hwmon\/(hwmon\d+)(?:\/device)?)\/((temp|fan)\d+)_input$/;
const ZONE = /^(\/sys\/class\/thermal\/(thermal_zone\d+))\/temp$/;

/** `hwmon` and `thermal` are the files of these folders of /sys/class. */
export function temperaturesOf(hwmon: FileTexts, thermal: FileTexts): readonly Temperature[] {
  const found = channelsOf(hwmon, 'temp').map((channel) => temperatureOf(hwmon, channel));
  // Thermal zones mostly show the same sensors once more, under poorer names.
  const all = found.length > 0 ? found : [...thermal.keys()].flatMap((path) => zoneOf(thermal, path));
  return all.filter((one) => one.celsius !== null).sort(byId);
}

export function fansOf(hwmon: FileTexts): readonly Fan[] {
  const found = channelsOf(hwmon, 'fan').map((channel): Fan => {
    const { id, chip, label, folder, name } = channelNames(hwmon, channel);
    return { id, chip, label, rpm: decimal(singleValue(hwmon.get(`${folder}/${name}_input`)) ?? undefined) };
  });
  return found.filter((one) => one.rpm !== null && one.rpm >= 0).sort(byId);
}

function channelsOf(texts: FileTexts, kind: 'temp' | 'fan'): readonly RegExpExecArray[] {
  const channels = [...texts.keys()].map((path) => CHANNEL.exec(path)).filter((channel) => channel !== null);
  return channels.filter((channel) => channel[4] === kind && !isSecondPlace(channel, texts));
}

/** Old kernels keep the channels in the device's folder; where both exist, that one is a second view of the same. */
function isSecondPlace(channel: RegExpExecArray, texts: FileTexts): boolean {
  const [, folder = '', hwmon = '', name = ''] = channel;
  return folder.endsWith('/device') && texts.has(`/sys/class/hwmon/${hwmon}/${name}_input`);
}

function temperatureOf(texts: FileTexts, channel: RegExpExecArray): Temperature {
  const { id, chip, label, folder, name } = channelNames(texts, channel);
  const degrees = (suffix: string): number | null => thousandths(singleValue(texts.get(`${folder}/${name}_${suffix}`)));
  return {
    id,
    chip,
    label,
    celsius: degrees('input'),
    highCelsius: plausibleLimit(degrees('max')),
    criticalCelsius: plausibleLimit(degrees('crit')),
  };
}

function channelNames(
  texts: FileTexts,
  channel: RegExpExecArray,
): Record<'id' | 'chip' | 'label' | 'folder' | 'name', string> {
  const [, folder = '', hwmon = '', name = ''] = channel;
  const chip = singleValue(texts.get(`/sys/class/hwmon/${hwmon}/name`)) ?? singleValue(texts.get(`${folder}/name`));
  const label = singleValue(texts.get(`${folder}/${name}_label`)) ?? name;
  return { id: `${hwmon}/${name}`, chip: chip ?? hwmon, label, folder, name };
}

function zoneOf(texts: FileTexts, path: string): readonly Temperature[] {
  const [, folder = '', zone = ''] = ZONE.exec(path) ?? [];
  if (zone === '') return [];
  const label = singleValue(texts.get(`${folder}/type`)) ?? zone;
  const celsius = thousandths(singleValue(texts.get(path)));
  return [{ id: zone, chip: zone, label, celsius, highCelsius: null, criticalCelsius: null }];
}

function thousandths(text: string | null): number | null {
  const value = decimal(text ?? undefined);
  return value === null ? null : value / 1000;
}

/** Drivers without a limit write 0, -273 or 65261 degrees. */
function plausibleLimit(celsius: number | null): number | null {
  return celsius !== null && celsius > 0 && celsius <= 250 ? celsius : null;
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id.localeCompare(other.id, 'en', { numeric: true });
}
