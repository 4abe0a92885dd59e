import type { ZodType } from 'zod';
import { localName } from '../../machine/machines';
import type { ChangeTool } from '../../tool/tool';
import {
  acrossInput,
  transferInput,
  type AcrossInput,
  type Direction,
  type TransferInput,
} from './core/transfer/inputs';
import { findOut, journeyOf } from './core/transfer/journey';
import { carryOut } from './core/transfer/live';
import { transferResult, type TransferResult } from './core/transfer/schema';
import { transferReport, verdictOf } from './report/transfer';
import { transferPlan } from './report/transferPlan';

/** Copies a file or a folder from this computer to the machine. */
export const uploadTool = transferTool('upload', transferInput, (_input, machine) => [machine]);

/** Copies a file or a folder from the machine to this computer. */
export const downloadTool = transferTool('download', transferInput, () => [localName]);

/** Copies or moves a file or a folder from the machine to a host, through this computer. */
export const transferAcrossTool = transferTool('across', acrossInput, ({ host, move }: AcrossInput, machine) =>
  move ? [host, machine] : [host],
);

function transferTool<Input extends TransferInput>(
  direction: Direction,
  input: ZodType<Input>,
  changedMachines: (input: Input, machine: string) => readonly string[],
): ChangeTool<Input, TransferResult> {
  return {
    input,
    result: transferResult,
    changedMachines,
    plan: async (given, context) => {
      const journey = await journeyOf(direction, given, context);
      return transferPlan(given, journey, await findOut(journey, context.signal));
    },
    async *run(given, context) {
      yield* carryOut(await journeyOf(direction, given, context), context.signal, context.live);
    },
    changes: (result) => [{ what: verdictOf(result), undo: null }],
    report: transferReport,
  };
}
