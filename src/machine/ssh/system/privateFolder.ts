import * as l10n from '@vscode/l10n';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { ExpectedError, messageOf } from '../../../lib/errors';

/**
 * ssh binds its socket first under a name with 17 characters more, and sun_path of unix(7) holds 103 bytes where it
 * holds least (macOS).
 */
const MAX_SOCKET_PATH_BYTES = 86;

/** A folder that only this user can look into, for what belongs to one connection. */
export interface PrivateFolder {
  readonly path: string;
  /** Where ssh listens as a master. */
  readonly controlSocket: string;
  readonly askSocket: string;
  /** A file that may be there or not. */
  readonly knownHosts: string;
  /** The path of another socket in it, a new one each time. */
  nextSocket(): string;
  remove(): Promise<void>;
}

/** Makes one (mode 0700), in `parent` or, where paths would be too long for sockets, in /tmp. Throws ExpectedError. */
export async function makePrivateFolder(parent: string = os.tmpdir()): Promise<PrivateFolder> {
  const longest = path.join(parent, 'opsdeck-XXXXXX', 'f9999');
  const place = Buffer.byteLength(longest) <= MAX_SOCKET_PATH_BYTES ? parent : '/tmp';
  const folder = await fs.mkdtemp(path.join(place, 'opsdeck-')).catch((error: unknown) => {
    throw new ExpectedError(
      'failed',
      l10n.t('No folder for the connection can be made in {0}: {1}. Check TMPDIR.', place, messageOf(error)),
      { cause: error },
    );
  });
  let count = 0;
  return {
    path: folder,
    controlSocket: path.join(folder, 'c'),
    askSocket: path.join(folder, 'ask'),
    knownHosts: path.join(folder, 'known_hosts'),
    nextSocket: () => path.join(folder, `f${++count}`),
    remove: () => fs.rm(folder, { recursive: true, force: true }),
  };
}
