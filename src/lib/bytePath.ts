/** Half of a surrogate pair by itself: no text that UTF-8 has bytes for. */
const LONE_SURROGATE = /\p{Surrogate}/u;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Names as text that gives back every byte: what is no UTF-8 stands as U+DC80 to U+DCFF (PEP 383, surrogateescape). */
export function decodePath(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return decodeLossless(bytes);
  }
}

/** Whether some of its characters stand for bytes that are no UTF-8, or for nothing that UTF-8 can tell. */
export function hasLoneSurrogate(path: string): boolean {
  return LONE_SURROGATE.test(path);
}

/** The bytes of a name, as decodePath had them. */
export function encodePath(path: string): Buffer {
  if (!hasLoneSurrogate(path)) return Buffer.from(path, 'utf8');
  const parts: Buffer[] = [];
  for (const character of path) {
    const code = character.codePointAt(0) ?? 0;
    parts.push(isEscaped(code) ? Buffer.from([code - 0xdc00]) : Buffer.from(character, 'utf8'));
  }
  return Buffer.concat(parts);
}

/** For people: such bytes as \xHH, control characters and marks that turn text as escapes. */
export function shownPath(path: string): string {
  return path.replace(
    // eslint-disable-next-line no-control-regex -- these are what is to be made visible
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]|[\udc80-\udcff]/gu,
    (character) => {
      const code = character.charCodeAt(0);
      if (character === '\n') return '\\n';
      if (character === '\t') return '\\t';
      if (isEscaped(code)) return `\\x${(code - 0xdc00).toString(16)}`;
      return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
    },
  );
}

function isEscaped(code: number): boolean {
  return code >= 0xdc80 && code <= 0xdcff;
}

/** Valid sequences as they are, every other byte by itself. */
function decodeLossless(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes[at] ?? 0);
    const sequence = bytes.subarray(at, at + length);
    try {
      text += decoder.decode(sequence);
      at += length;
    } catch {
      text += String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
      at += 1;
    }
  }
  return text;
}

/** As the first byte announces it (RFC 3629, 3). */
function sequenceLength(first: number): number {
  if (first >= 0xf0) return 4;
  if (first >= 0xe0) return 3;
  return first >= 0xc0 ? 2 : 1;
}
