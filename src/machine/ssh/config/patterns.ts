/** One character that fits, or `*`: any text. */
export type PatternPart = '*' | ((character: string) => boolean);

/** match_pattern() of OpenSSH (PATTERNS in ssh_config(5)): `*` is any text, `?` any one character. */
export function matchPattern(text: string, pattern: string): boolean {
  // A configuration of a thousand hosts has a thousand plain names.
  if (!/[*?]/u.test(pattern)) return text === pattern;
  return matchParts(
    text,
    pattern.split('').map((wanted) => (wanted === '*' ? '*' : (found) => wanted === '?' || wanted === found)),
  );
}

/** Whether the whole text fits. Never slower than the product of both lengths, whatever the pattern. */
export function matchParts(text: string, parts: readonly PatternPart[]): boolean {
  let at = 0;
  let inParts = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const part = parts[inParts];
    if (part === '*') {
      star = inParts;
      inParts += 1;
      resume = at;
    } else if (part?.(text.charAt(at))) {
      inParts += 1;
      at += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      inParts = star + 1;
    } else return false;
  }
  while (parts[inParts] === '*') inParts += 1;
  return inParts === parts.length;
}

/** match_pattern_list(): comma-separated patterns, of which a matching one with `!` refuses at once. */
export function matchPatternList(text: string, list: string): boolean {
  let found = false;
  for (const item of list.split(',')) {
    const negated = item.startsWith('!');
    if (!matchPattern(text, negated ? item.slice(1) : item)) continue;
    if (negated) return false;
    found = true;
  }
  return found;
}

/** As matchPatternList, whatever the case; match_hostname() of OpenSSH. */
export function matchHostList(host: string, list: string): boolean {
  return matchPatternList(host.toLowerCase(), list.toLowerCase());
}

/** The arguments of `Host`: one of them matches and none with `!`. */
export function matchHostLine(host: string, patterns: readonly string[]): boolean {
  let found = false;
  for (const pattern of patterns) {
    const negated = pattern.startsWith('!');
    if (!matchPattern(host, negated ? pattern.slice(1) : pattern)) continue;
    if (negated) return false;
    found = true;
  }
  return found;
}

/** Whether it names one host rather than a set of them. */
export function isConcrete(pattern: string): boolean {
  return pattern !== '' && !/^!|[*?]/u.test(pattern);
}
