import type { Duplex } from 'node:stream';
import { WireReader } from '../keys/wire';

/** What a server says before anything is encrypted. */
export interface Greeting {
  /** 'SSH-2.0-OpenSSH_9.2p1 …' without its end of line. */
  readonly banner: string;
}

/** The lists of a server's SSH_MSG_KEXINIT (RFC 4253, 7.1); ciphers and MACs as it takes them from a client. */
export interface ServerOffer {
  readonly kex: readonly string[];
  readonly hostKey: readonly string[];
  readonly ciphers: readonly string[];
  readonly macs: readonly string[];
}

export interface GreetingListeners {
  banner(banner: string): void;
  offer(offer: ServerOffer): void;
}

const MAX_BYTES = 256 * 1024;
const MAX_BANNER_CHARACTERS = 255;
const KEXINIT = 20;

/** Listens in until the server's first packet is read, or until it is clear that none comes. Takes nothing away. */
export function listenToGreeting(socket: Duplex, listeners: GreetingListeners): void {
  let read = Buffer.alloc(0);
  let packetAt = -1;
  const stop = (): void => void socket.off('data', onData);
  const onData = (chunk: Buffer): void => {
    read = Buffer.concat([read, chunk]);
    if (packetAt === -1) {
      const found = findBanner(read);
      if (found !== null) {
        packetAt = found.end;
        listeners.banner(found.banner);
      }
    }
    const offer = packetAt === -1 ? null : readKexInit(read.subarray(packetAt));
    if (offer !== null && offer !== 'none') listeners.offer(offer);
    if (offer !== null || read.length > MAX_BYTES) stop();
  };
  socket.on('data', onData);
}

/** The first line that begins with SSH-; others may come before it (RFC 4253, 4.2). */
export function findBanner(bytes: Buffer): { readonly banner: string; readonly end: number } | null {
  for (let start = 0; ;) {
    const end = bytes.indexOf(0x0a, start);
    if (end === -1) return null;
    const line = bytes.toString('latin1', start, end).replace(/\r$/u, '');
    if (line.startsWith('SSH-')) return { banner: line.slice(0, MAX_BANNER_CHARACTERS), end: end + 1 };
    start = end + 1;
  }
}

/** null: not all has come yet; 'none': it is no KEXINIT. */
export function readKexInit(bytes: Buffer): ServerOffer | 'none' | null {
  if (bytes.length < 4) return null;
  const length = bytes.readUInt32BE(0);
  if (length > MAX_BYTES || length < 22) return 'none';
  if (bytes.length < 4 + length) return null;
  if (bytes[5] !== KEXINIT) return 'none';
  try {
    const reader = new WireReader(bytes.subarray(6 + 16, 4 + length - (bytes[4] ?? 0)));
    const list = (): readonly string[] => {
      const text = reader.text();
      return text === '' ? [] : text.split(',');
    };
    const [kex, hostKey, ciphers] = [list(), list(), list()];
    list();
    return { kex: kex.filter(isAlgorithm), hostKey, ciphers, macs: list() };
  } catch {
    return 'none'; // Damaged: ssh2 says so and ends.
  }
}

/** Servers also put marks of extensions among them (RFC 8308; OpenSSH PROTOCOL, 1.10). */
function isAlgorithm(name: string): boolean {
  return name !== 'ext-info-s' && !name.startsWith('kex-strict-');
}
