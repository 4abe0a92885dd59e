import * as fs from 'node:fs';
import * as path from 'node:path';
import type { SyncResult } from '../../../../../src/features/compare/core/plan/schema';
import { undoTool } from '../../../../../src/features/compare/syncTools';
import type { OwnedMachines } from '../../../../../src/machine/machines';
import { createRecordings } from '../../../../../src/runtime/recordings';
import { checkInput } from '../../../../../src/tool/fields';
import type { AnyChangeTool, AnyTool, RunContext } from '../../../../../src/tool/tool';
import { machinesOf } from '../../../../support/machines';
import { runContextOf } from '../../../../support/runContext';
import { noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';

/** What changes folders are given: this machine with a home folder of its own, and a host. */
export interface ChangeHouse {
  machines: OwnedMachines;
  /** undefined where none can be started. */
  server: SshServer | undefined;
  context: RunContext;
}

/** For the tests of a suite; its own are skipped where it is not Linux. `inside`: the folder of the suite. */
export function changeHouse(inside: (...names: readonly string[]) => string): ChangeHouse {
  const home = process.env['HOME'];
  const house: Partial<ChangeHouse> = {};
  before(async function () {
    if (process.platform !== 'linux') return this.skip();
    fs.mkdirSync(inside('home'));
    process.env['HOME'] = inside('home');
    fs.mkdirSync(inside('remote'));
    const options = { sftp: `internal-sftp -d ${inside('remote')}` };
    const server = noSshServer === undefined ? await startSshServer(options) : undefined;
    // The same host twice: one of the names may not be changed.
    const [hostsFile, configFile] = [inside('guarded.hosts.yaml'), inside('ssh_config')];
    fs.writeFileSync(hostsFile, 'hosts:\n  guarded: { policy: { readOnly: true } }\n');
    const config = server === undefined ? '' : fs.readFileSync(server.configFile, 'utf8');
    fs.writeFileSync(configFile, config.replace(/^Host .*/m, '$& guarded'));
    const machines = machinesOf(configFile, [hostsFile]);
    const local = await machines.open('local', new AbortController().signal);
    const recordings = createRecordings(inside('recordings'));
    Object.assign(house, { machines, server, context: runContextOf(local, { machines, recordings }) });
  });
  after(async () => {
    if (home !== undefined) process.env['HOME'] = home;
    await house.machines?.close();
    await house.server?.stop();
  });
  return house as ChangeHouse;
}

/** Plans and carries out, as a person does who says yes. */
export async function change<Result = SyncResult>(
  tool: AnyChangeTool,
  input: Readonly<Record<string, unknown>>,
  context: RunContext,
  between: () => void = () => undefined,
): Promise<Result> {
  const plan = await tool.plan(accepted(tool, input), context);
  between();
  return run(tool, plan.input, context);
}

/** The last result, as its schema has it. */
export async function run<Result>(tool: AnyTool, input: unknown, context: RunContext): Promise<Result> {
  let last: unknown;
  for await (const result of tool.run(accepted(tool, input), context)) last = result;
  return tool.result.parse(JSON.parse(JSON.stringify(last))) as Result;
}

export function undo({ backup }: SyncResult, context: RunContext): Promise<SyncResult> {
  return change(undoTool, { backup: backup?.id }, context);
}

function accepted(tool: AnyTool, input: unknown): unknown {
  const checked = checkInput(tool, input);
  if (checked.kind === 'refused') throw new Error(checked.reason);
  return checked.input;
}

/** All that is in a folder: kind, permissions, time, content, by path. `precision`: of times, in milliseconds. */
export function snapshot(root: string, { precision = 0.01 } = {}): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const look = (relative: string): void => {
    const file = path.join(root, relative);
    const stat = fs.lstatSync(file);
    const time = Math.floor(stat.mtimeMs / precision);
    const mode = (stat.mode & 0o7777).toString(8);
    if (stat.isSymbolicLink()) found[relative] = `link ${fs.readlinkSync(file)}`;
    else if (stat.isDirectory()) {
      found[`${relative}/`] = `folder ${mode} ${time}`;
      for (const name of fs.readdirSync(file)) look(path.join(relative, name));
    } else found[relative] = `file ${mode} ${time} ${fs.readFileSync(file, 'latin1')}`;
  };
  look('');
  return found;
}

/** Without the times of folders, which change with what is in them. */
export function withoutFolderTimes(snapped: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(snapped).map(([name, text]) => [name, text.replace(/^(folder \d+) .*/, '$1')]),
  );
}
