import { ipFamily } from './ipFamily';

/** What comes out different in every run of a program. */
export const masks = ['timestamps', 'pids', 'uuids', 'addresses', 'hex'] as const;
export type Mask = (typeof masks)[number];

/** Names parted by commas or blanks; 'all' is all of them. null: one of them is none. */
export function parseMasks(text: string): ReadonlySet<Mask> | null {
  const names = text.split(/[\s,]+/u).filter((name) => name !== '');
  const found = names.flatMap((name) => (name === 'all' ? masks : masks.filter((mask) => mask === name)));
  return names.every((name) => name === 'all' || masks.some((mask) => mask === name)) ? new Set(found) : null;
}

/** A line with a sign in place of what is masked, the same for all of a kind. null: nothing is. */
export function maskOf(names: ReadonlySet<Mask>): ((line: string) => string) | null {
  // Each takes what the next ones would take parts of.
  const chosen = (['uuids', 'timestamps', 'hex', 'addresses', 'pids'] as const).filter((mask) => names.has(mask));
  if (chosen.length === 0) return null;
  return (line) => chosen.reduce((text, mask) => MASKED[mask](text), line);
}

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/giu;

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const DAY = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +)?';
const TIME = String.raw`\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?`;
const ZONE = String.raw`(?: ?(?:Z|UTC|GMT|CEST|CET|[ECMP][SD]T|[+-]\d\d:?\d\d)(?![\w:]))?`;
/** ISO 8601 and what is near it, syslog, ctime, RFC 5322, Apache and nginx, the kernel's clock, seconds since 1970. */
const TIMESTAMPS = new RegExp(
  [
    String.raw`(?<!\d)\d{4}[-/]\d\d[-/]\d\d(?:[T _]${TIME}${ZONE})?(?!\d)`,
    String.raw`(?<!\d)\d{1,2}\/${MONTH}\/\d{4}:${TIME}(?: [+-]\d{4})?`,
    String.raw`\b${DAY}${MONTH} {1,2}\d{1,2} ${TIME}${ZONE}(?: \d{4})?(?!\d)`,
    String.raw`\b${DAY}\d{1,2} ${MONTH} \d{4} ${TIME}${ZONE}`,
    String.raw`^\[ {0,7}\d{1,8}\.\d{6}\]`,
    String.raw`(?<![\d.:])\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?${ZONE}(?![\d:])`,
    String.raw`(?<![\d.])1\d{9}(?:\d{3}|\d{6}|\d{9}|\.\d{1,9})?(?![\d.])`,
  ].join('|'),
  'gu',
);

const HEX = /\b0x[0-9a-f]+\b|(?<![\w-])(?=[0-9a-f]{0,15}[a-f])[0-9a-f]{16}(?![\w-])/giu;
const IPV4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\.?\d)/gu;
const IPV6_LIKE = /(?<![\w:.])[0-9a-f:][0-9a-f:.]{1,44}(?![\w:])/giu;
const PID =
  /(?<=[\w/.)-])\[\d{1,10}\](?=:)|\b((?:p|t|pp|tg)id[=: #]{1,3})\d{1,10}\b|\b((?:process|thread)[=: #]{1,3})\d{1,10}\b/giu;

const MASKED: Readonly<Record<Mask, (line: string) => string>> = {
  uuids: (line) => line.replace(UUID, '<uuid>'),
  timestamps: (line) => line.replace(TIMESTAMPS, '<time>'),
  hex: (line) => line.replace(HEX, '<hex>'),
  addresses: (line) =>
    line.replace(IPV4, '<address>').replace(IPV6_LIKE, (found) => {
      const address = found.replace(/[.]+$/u, '');
      return ipFamily(address) === 6 ? `<address>${found.slice(address.length)}` : found;
    }),
  pids: (line) => line.replace(PID, (_whole, named?: string, other?: string) => `${named ?? other ?? ''}<pid>`),
};
