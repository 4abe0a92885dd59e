import * as l10n from '@vscode/l10n';
import type { Machine, Platform } from '../../../../machine/machine';
import { joined } from '../../../../machine/treePaths';

/** The path as a person gave it → absolute, with '/' and without one at its end. */
export async function absolutePath(machine: Machine, given: string, signal: AbortSignal): Promise<string> {
  const text = machine.platform === 'win32' ? given.replaceAll('\\', '/') : given;
  const home = async (): Promise<string> =>
    (await machine.files.resolve('.', signal)).replaceAll(separator(machine), '/');
  if (isAbsolute(text, machine.platform)) return trimmed(text);
  if (text === '~' || text.startsWith('~/')) return trimmed(joined(await home(), text.slice(2)));
  return trimmed(joined(await home(), text.replace(/^(\.\/+)+|^\.$/, '')));
}

function separator({ platform }: Machine): string {
  return platform === 'win32' ? '\\' : '/';
}

function isAbsolute(path: string, platform: Platform): boolean {
  return path.startsWith('/') || (platform === 'win32' && /^[A-Za-z]:\//.test(path));
}

function trimmed(path: string): string {
  const bare = path.replace(/\/+$/, '');
  return bare === '' ? '/' : bare;
}

/** Why a name that a listing tells must not be joined to a folder of that platform; null where it may. */
export function refusedName(name: string, platform: Platform): string | null {
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) {
    return l10n.t('the name would lead out of its folder');
  }
  if (platform !== 'win32') return null;
  // eslint-disable-next-line no-control-regex -- Windows takes none of them
  if (/[\\:*?"<>|\u0000-\u001f]|[. ]$/.test(name)) return l10n.t('Windows does not take this name');
  const isDevice = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)/i.test(name);
  return isDevice ? l10n.t('Windows keeps this name for a device') : null;
}

/** Names that are the same file there have the same key. */
export function nameKey(name: string, platform: Platform): string {
  if (platform === 'darwin') return name.normalize('NFC').toLowerCase();
  return platform === 'win32' ? name.toLowerCase() : name;
}
