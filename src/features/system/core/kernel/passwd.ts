import { decodeBytes } from './bytes';
import { count } from './text';

/**
 * /etc/passwd and what `getent passwd` prints, see passwd(5): uid → name. Where two names share a uid, the first one
 * is it, as for getpwuid(3). Lines of NIS and comments are left out. `text`: every character is a byte.
 */
export function parsePasswd(text: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [name = '', , number, gid] = line.split(':', 4);
    const uid = count(number);
    if (name === '' || uid === null || gid === undefined || '#+-'.includes(name.charAt(0))) continue;
    if (!names.has(uid)) names.set(uid, decodeBytes(name));
  }
  return names;
}
