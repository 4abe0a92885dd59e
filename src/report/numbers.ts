/** Numbers in the reader's notation. Values are finite; `time` gives null for one beyond the calendar. */
export interface Numbers {
  /** Grouped, with up to three decimals for small ones. */
  grouped(value: number): string;
  /** Grouped, no decimals. */
  whole(value: number): string;
  /** About three significant digits, and never fewer than all before the decimal point. */
  measure(value: number): string;
  /** 0 to 100 in, with the sign where the language puts it. */
  percent(value: number): string;
  /** In B, KiB, MiB … (IEC 80000-13). */
  binary(value: number): string;
  /** In Hz, kHz, MHz … */
  hertz(value: number): string;
  time(value: number): string | null;
}

const BINARY_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'];
const HERTZ_UNITS = ['Hz', 'kHz', 'MHz', 'GHz', 'THz'];
/** The largest distance of a Date from 1970, in milliseconds (ECMA-262, Time Values and Time Range). */
const CALENDAR_END_MS = 8.64e15;

/** An unknown locale is read as English, an unknown time zone as the machine's own. */
export function createNumbers(wantedLocale: string, timeZone: string | undefined): Numbers {
  const locale = knownLocale(wantedLocale);
  const decimal = lazily((digits) => numberFormat(locale, { maximumFractionDigits: digits }));
  const percent = lazily((digits) => numberFormat(locale, { style: 'percent', maximumFractionDigits: digits }));
  const scientific = lazily(() => numberFormat(locale, { notation: 'scientific', maximumFractionDigits: 2 }));
  const times = lazily(() => timeFormat(locale, timeZone));
  const print = (value: number, digits: number): string => {
    const size = Math.abs(value);
    const extreme = isHuge(value) || (size > 0 && size < 0.0005);
    return (extreme ? scientific(0) : decimal(digits)).format(value);
  };
  const measure = (value: number): string => print(value, measureDigits(Math.abs(value)));
  return {
    measure,
    whole: (value) => print(value, 0),
    grouped: (value) => print(value, Math.abs(value) < 1 ? 3 : Math.abs(value) < 100 ? 2 : 1),
    percent: (value) =>
      isHuge(value) ? `${print(value, 0)}%` : percent(Math.abs(value) < 1 ? 2 : 1).format(value / 100),
    binary: (value) => scaled(value, 1024, BINARY_UNITS, measure),
    hertz: (value) => scaled(value, 1000, HERTZ_UNITS, measure),
    time: (value) => (Math.abs(value) > CALENDAR_END_MS ? null : times(0).format(value)),
  };
}

/** Beyond what digits tell. */
function isHuge(value: number): boolean {
  return Math.abs(value) >= 1e15;
}

function measureDigits(size: number): number {
  if (size < 1) return 3;
  if (size < 10) return 2;
  return size < 100 ? 1 : 0;
}

/** Goes one unit up already where rounding would show the next unit's 1 as this unit's 1024 or 1000. */
function scaled(value: number, step: number, units: readonly string[], print: (value: number) => string): string {
  let rest = value;
  let power = 0;
  while (Math.abs(rest) >= step - 0.5 && power < units.length - 1) {
    rest /= step;
    power++;
  }
  return `${print(rest)} ${units[power] ?? ''}`;
}

/** Intl objects cost far more to make than to use. */
function lazily<T>(make: (digits: number) => T): (digits: number) => T {
  const made = new Map<number, T>();
  return (digits) => {
    const known = made.get(digits);
    if (known !== undefined) return known;
    const fresh = make(digits);
    made.set(digits, fresh);
    return fresh;
  };
}

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { ...options, signDisplay: 'negative' });
}

/** The 24-hour clock in every language: a log line is compared with it. */
function timeFormat(locale: string, timeZone: string | undefined): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' };
  if (timeZone === undefined) return new Intl.DateTimeFormat(locale, options);
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone });
  } catch (error) {
    if (error instanceof RangeError) return new Intl.DateTimeFormat(locale, options);
    throw error;
  }
}

/** Such as 'C' or 'en_US.UTF-8', which environments have and Intl refuses. */
export function knownLocale(locale: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale)[0] ?? 'en';
  } catch (error) {
    if (error instanceof RangeError) return 'en';
    throw error;
  }
}
