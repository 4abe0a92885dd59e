const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const IPV4 = new RegExp(String.raw`^(?:${OCTET}\.){3}${OCTET}$`);
const GROUP = /^[0-9a-f]{1,4}$/i;

/** Whether a text is an address, and of which family; 0: it is none. Asked of every word of a log, so it tells no reason. */
export function ipFamily(text: string): 0 | 4 | 6 {
  if (IPV4.test(text)) return 4;
  const halves = text.replace(/%[\w.-]{1,64}$/, '').split('::');
  if (!text.includes(':') || halves.length > 2) return 0;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const isDotted = IPV4.test(groups.at(-1) ?? '') && !text.endsWith(':');
  const count = groups.length + (isDotted ? 1 : 0);
  if (halves.length === 2 ? count > 7 : count !== 8) return 0;
  return (isDotted ? groups.slice(0, -1) : groups).every((group) => GROUP.test(group)) ? 6 : 0;
}
