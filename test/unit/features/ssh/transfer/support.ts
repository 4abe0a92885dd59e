import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Machine } from '../../../../../src/machine/machine';
import type { Machines } from '../../../../../src/machine/machines';
import type { AcrossInput, Direction, TransferInput } from '../../../../../src/features/ssh/core/transfer/inputs';
import { transferResult, type TransferResult } from '../../../../../src/features/ssh/core/transfer/schema';
import { downloadTool, transferAcrossTool, uploadTool } from '../../../../../src/features/ssh/transferTools';
import type { AnyChangeTool, RunContext } from '../../../../../src/tool/tool';
import { machinesOf } from '../../../../support/machines';
import { NO_MACHINES, runContextOf } from '../../../../support/runContext';
import { startSshServer, type SshServer } from '../../../../support/sshServer';

export const never = new AbortController().signal;

export function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-transfer-'));
}

/** This machine, and a host that is reached by a real sshd; 'ledger' is another name of it. */
export interface Peer {
  readonly server: SshServer;
  readonly machine: Machine;
  readonly context: RunContext;
  end(): Promise<void>;
}

export async function startPeer(): Promise<Peer> {
  const server = await startSshServer();
  const config = fs.readFileSync(server.configFile, 'utf8');
  fs.appendFileSync(server.configFile, config.replace(`Host ${server.alias}`, 'Host ledger'));
  const machines = machinesOf(server.configFile);
  const machine = await machines.open(server.alias, never);
  return {
    server,
    machine,
    context: runContextOf(machine, { machines }),
    end: async () => {
      await machines.close();
      await server.stop();
    },
  };
}

/** A machine that stands for the host, without SSH. */
export function contextOf(machine: Machine, local: Machine): RunContext {
  const machines: Machines = { ...NO_MACHINES, open: () => Promise.resolve(local) };
  return runContextOf(machine, { machines });
}

type Given = Partial<TransferInput & Pick<AcrossInput, 'host' | 'move'>> & Pick<TransferInput, 'from' | 'to'>;

const tools = { upload: uploadTool, download: downloadTool, across: transferAcrossTool };

/** As a surface does it: plan, then run with what was planned; the last result, as its schema has it. */
export async function transfer(direction: Direction, given: Given, context: RunContext): Promise<TransferResult> {
  const tool: AnyChangeTool = tools[direction];
  const plan = await tool.plan(tool.input.parse(given), context);
  return run(direction, plan.input as Given, context);
}

/** Without the plan. */
export async function run(direction: Direction, given: Given, context: RunContext): Promise<TransferResult> {
  const tool: AnyChangeTool = tools[direction];
  let last: unknown;
  for await (const result of tool.run(tool.input.parse(given), context)) last = result;
  return transferResult.parse(JSON.parse(JSON.stringify(last)));
}

/** A tree with everything that is hard about names, modes, times and links. */
export function makeTree(folder: string): string {
  const tree = path.join(folder, 'tree');
  const write = (name: string | Buffer, content: string | Buffer, mode = 0o644): void => {
    const file = Buffer.concat([Buffer.from(`${tree}/`), Buffer.from(name)]);
    fs.writeFileSync(file, content);
    fs.chmodSync(file, mode);
    fs.utimesSync(file, 1_500_000_000, 1_400_000_000);
  };
  fs.mkdirSync(path.join(tree, 'deep/er'), { recursive: true });
  write('plain.txt', 'plain');
  write('empty', '');
  write('secret', 'secret', 0o600);
  write('deep/er/run', '#!/bin/sh\n', 0o755);
  write('two\nlines', 'newline');
  write("quo'te \\back $(x)", 'quotes');
  write(Buffer.from([0x6c, 0xe4, 0x74, 0xff]), 'latin1');
  write('n'.repeat(255), 'long');
  write('large', Buffer.alloc(3_000_000, 'abc'));
  fs.symlinkSync('plain.txt', path.join(tree, 'link'));
  fs.symlinkSync('/nowhere/at all', path.join(tree, 'dangling'));
  fs.symlinkSync('..', path.join(tree, 'deep/up'));
  fs.mkdirSync(path.join(tree, 'closed'));
  fs.writeFileSync(path.join(tree, 'closed/in'), 'in');
  fs.chmodSync(path.join(tree, 'closed'), 0o555);
  return tree;
}

/** Also the folder in it that nobody may write. */
export function removeTrees(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    const closed = path.join(folder, name, 'closed');
    if (fs.existsSync(closed)) fs.chmodSync(closed, 0o755);
  }
  fs.rmSync(folder, { recursive: true });
}

/** What a tree is, by find(1) and sha256sum(1): kind, mode, seconds and hash, or the target of a link, by path. */
export function treeOf(folder: string): string {
  const links = ['-type', 'l', '-printf', '%P l %l\\0'];
  const others = ['!', '-type', 'l', '-printf', '%P %y %m %Ts\\0'];
  const shape = execFileSync('find', [folder, '-mindepth', '1', '(', ...links, '-o', ...others, ')']);
  const files = execFileSync('find', ['.', '-type', 'f', '-exec', 'sha256sum', '-z', '{}', '+'], { cwd: folder });
  const lines = (bytes: Buffer): string => bytes.toString('latin1').split('\0').sort().join('\n');
  return `${lines(shape)}\n${lines(files)}`;
}

export const isRoot = process.getuid?.() === 0;
