import type { CommandContext } from './command';
import { tail, Trouble } from './terminal';

/** The npm that started us, as bootstrap.mjs found it. */
function npmCommand(): readonly [string, ...string[]] {
  const given = process.env['OPSDECK_NPM'];
  if (given !== undefined) return JSON.parse(given) as [string, ...string[]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

/** What npm sets for the script that it runs would mislead an npm that works in another folder. */
function cleanEnvironment(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => /^npm_(package|lifecycle|config_local_prefix)/.test(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** Runs npm in a folder. A failure says what npm said last. */
export async function runNpm(
  { processes, signal }: CommandContext,
  folder: string,
  args: readonly string[],
): Promise<void> {
  const [command, ...first] = npmCommand();
  const { exitCode, output } = await processes.run(command, [...first, ...args, '--no-audit', '--no-fund'], {
    cwd: folder,
    env: cleanEnvironment(),
    signal,
  });
  if (exitCode === 0) return;
  throw new Trouble(`npm ${args.join(' ')} failed; is the npm registry reachable? It said:\n${tail(output, 15)}`);
}
