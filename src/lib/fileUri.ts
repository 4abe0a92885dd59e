/** The scheme of files on hosts: opsdeck-ssh://host/path. */
export const scheme = 'opsdeck-ssh';

/*
 * A URI is made of Unicode, a name on a host of bytes. Bytes that are no UTF-8 (U+DC80 to U+DCFF in our paths) stand
 * in it as U+EF80 to U+EFFF of the private use area, as the MirBSD OPTU encoding has them, so that every file can be
 * opened. A name that really holds such a character would be taken for the byte.
 */

/** The path of a URI → the path on the machine. */
export function machinePath(uriPath: string): string {
  return uriPath.replace(/[\uef80-\uefff]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0x1300));
}

/** The path on the machine → the path of a URI. */
export function uriPath(path: string): string {
  return path.replace(/[\udc80-\udcff](?<![\ud800-\udbff].)/g, (character) =>
    String.fromCharCode(character.charCodeAt(0) + 0x1300),
  );
}

/**
 * A machine's name as a URI's authority: small letters, digits, '-' and '.' stay, the rest as ~ and four hex digits.
 * Capitals too: VS Code writes an authority in small letters.
 */
export function authorityOf(machine: string): string {
  return machine.replace(/[^a-z0-9.-]/g, (character) => `~${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function machineOf(authority: string): string {
  return authority.replace(/~([0-9a-f]{4})/gi, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));
}
