import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Machine } from '../../../../../src/machine/machine';
import type { Machines } from '../../../../../src/machine/machines';
import type { TransferInput } from '../../../../../src/features/ssh/core/transfer/inputs';
import type { TransferResult } from '../../../../../src/features/ssh/core/transfer/schema';
import { downloadTool, uploadTool } from '../../../../../src/features/ssh/transferTools';
import type { RunContext } from '../../../../../src/tool/tool';
import { machinesOf } from '../../../../support/machines';
import { NO_MACHINES, runContextOf } from '../../../../support/runContext';
import { startSshServer, type SshServer } from '../../../../support/sshServer';

export const never = new AbortController().signal;

export function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-transfer-'));
}

/** This machine, and a host that is reached by a real sshd. */
export interface Peer {
  readonly server: SshServer;
  readonly machine: Machine;
  readonly context: RunContext;
  end(): Promise<void>;
}

export async function startPeer(): Promise<Peer> {
  const server = await startSshServer();
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

type Given = Partial<TransferInput> & Pick<TransferInput, 'from' | 'to'>;

/** As a surface does it: plan, then run with what was planned; the last result, as its schema has it. */
export async function transfer(
  direction: 'upload' | 'download',
  given: Given,
  context: RunContext,
): Promise<TransferResult> {
  const tool = direction === 'upload' ? uploadTool : downloadTool;
  const plan = await tool.plan(tool.input.parse(given), context);
  return run(direction, plan.input, context);
}

/** Without the plan. */
export async function run(
  direction: 'upload' | 'download',
  given: Given,
  context: RunContext,
): Promise<TransferResult> {
  const tool = direction === 'upload' ? uploadTool : downloadTool;
  let last: TransferResult | undefined;
  for await (const result of tool.run(tool.input.parse(given), context)) last = result;
  return tool.result.parse(JSON.parse(JSON.stringify(last)));
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
