import { parentPort, workerData } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import { features } from './features/index';
import type { ComputeAnswer, ComputeTask } from './runtime/compute';
import { toWire } from './runtime/wireError';
import { findTool, toolsOf } from './tool/registry';

/** The entry of the threads in which tools compute what takes long, a file of its own in dist/. */
async function answer({ texts, tool, task }: ComputeTask): Promise<ComputeAnswer> {
  if (texts !== undefined) l10n.config({ contents: texts });
  try {
    const { compute } = await findTool(toolsOf(features), tool).load();
    if (compute === undefined) throw new Error(`${tool} computes nothing.`);
    return { kind: 'done', value: compute(task) };
  } catch (error) {
    return { kind: 'failed', error: toWire(error) };
  }
}

const port = parentPort;
if (port !== null) void answer(workerData as ComputeTask).then((told) => port.postMessage(told));
