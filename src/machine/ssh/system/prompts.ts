import { oneLine } from '../connect/names';

/** What ssh asks, as its texts say it (sshconnect.c, sshconnect2.c, readpass.c of OpenSSH). */
export type Prompt =
  | HostKeyPrompt
  /** Only told: 'Confirm user presence for key …', which wants a touch of the FIDO key. */
  | { readonly kind: 'notice'; readonly text: string }
  | { readonly kind: 'password'; readonly user: string; readonly host: string }
  | { readonly kind: 'passphrase'; readonly file: string }
  | { readonly kind: 'other'; readonly text: string }
  /** A yes or no that we do not know of, such as about new host keys. */
  | { readonly kind: 'yes-no' };

export interface HostKeyPrompt {
  readonly kind: 'host-key';
  readonly host: string;
  readonly port: number;
  /** '' where ssh does not know it. */
  readonly address: string;
  readonly keyType: string;
  /** 'SHA256:…' */
  readonly fingerprint: string;
  readonly art: string;
  /** What it says beyond, line by line: under which other names the key is known. */
  readonly remarks: readonly string[];
}

/** The names that ssh prints, as the protocol has them; it does not print the curve of an ECDSA key. */
const KEY_TYPES: Readonly<Record<string, string>> = {
  ED25519: 'ssh-ed25519',
  'ED25519-SK': 'sk-ssh-ed25519@openssh.com',
  RSA: 'ssh-rsa',
  DSA: 'ssh-dss',
  ECDSA: 'ecdsa-sha2',
  'ECDSA-SK': 'sk-ecdsa-sha2-nistp256@openssh.com',
};

export function readPrompt(prompt: string, hint: string): Prompt {
  const text = prompt.trim();
  if (hint === 'none') return { kind: 'notice', text: oneLine(text) };
  const hostKey = readHostKey(text);
  if (hostKey !== null) return hostKey;
  if (hint === 'confirm' || /\(yes\/no|'yes'/.test(text)) return { kind: 'yes-no' };
  const password = /^(.+)@(.+?)'s password:$/.exec(text);
  if (password !== null)
    return { kind: 'password', user: oneLine(password[1] ?? ''), host: oneLine(password[2] ?? '') };
  const passphrase = /^Enter passphrase for key '(.+)':$/.exec(text);
  if (passphrase !== null) return { kind: 'passphrase', file: oneLine(passphrase[1] ?? '') };
  return { kind: 'other', text: oneLine(text) };
}

function readHostKey(text: string): HostKeyPrompt | null {
  const lines = text.split('\n');
  const who = /^The authenticity of host '(.+?)(?: \((.*)\))?' can't be established/.exec(lines[0] ?? '');
  const at = lines.findIndex((line) => / key fingerprint is SHA256:/.test(line));
  const key = /^(\S+) key fingerprint is (SHA256:[A-Za-z0-9+/]+)\.?$/.exec(lines[at] ?? '');
  if (who === null || key === null) return null;
  const rest = lines.slice(at + 1, -1);
  const isArt = (line: string): boolean => /^[+|].*[+|]$/.test(line);
  const named = /^\[(.+)\]:(\d{1,5})$/.exec(who[1] ?? '');
  return {
    kind: 'host-key',
    host: oneLine(named?.[1] ?? who[1] ?? ''),
    port: named === null ? 22 : Number(named[2]),
    address: oneLine(who[2] ?? '').replace(/^\[(.+)\]:\d+$/, '$1'),
    keyType: KEY_TYPES[key[1] ?? ''] ?? oneLine(key[1] ?? ''),
    fingerprint: key[2] ?? '',
    art: rest.filter(isArt).join('\n'),
    remarks: rest.filter((line) => !isArt(line) && line.trim() !== '').map((line) => oneLine(line)),
  };
}
