import type { Machine } from '../../../../machine/machine';

/** Where the user of that machine has keys and known hosts. */
export async function sshFolder(machine: Machine, signal: AbortSignal): Promise<string> {
  return within(await machine.files.resolve('', signal), '.ssh');
}

/** '~/x' in the home folder of that machine; other paths as they are. */
export async function expandHome(machine: Machine, path: string, signal: AbortSignal): Promise<string> {
  if (path !== '~' && !path.startsWith('~/')) return path;
  const home = await machine.files.resolve('', signal);
  return path === '~' ? home : within(home, path.slice(2));
}

/** Windows takes slashes as well. */
export function within(folder: string, name: string): string {
  return folder.endsWith('/') || folder.endsWith('\\') ? `${folder}${name}` : `${folder}/${name}`;
}
