import * as os from 'node:os';
import * as path from 'node:path';

/** Where the command line keeps what outlives it (XDG Base Directory Specification; the usual places elsewhere). */
export function stateFolder(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  const home = os.homedir();
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'opsdeck');
  if (platform === 'win32')
    return path.join(environment['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'opsdeck');
  const state = environment['XDG_STATE_HOME'];
  return path.join(
    state === undefined || !path.isAbsolute(state) ? path.join(home, '.local', 'state') : state,
    'opsdeck',
  );
}
