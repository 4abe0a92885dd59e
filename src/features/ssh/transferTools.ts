import type { ChangeTool } from '../../tool/tool';
import { transferInput, type Direction, type TransferInput } from './core/transfer/inputs';
import { findOut, journeyOf } from './core/transfer/journey';
import { carryOut } from './core/transfer/live';
import { transferResult, type TransferResult } from './core/transfer/schema';
import { transferReport, verdictOf } from './report/transfer';
import { transferPlan } from './report/transferPlan';

/** Copies a file or a folder from this computer to the machine. */
export const uploadTool = transferTool('upload');

/** Copies a file or a folder from the machine to this computer. */
export const downloadTool = transferTool('download');

function transferTool(direction: Direction): ChangeTool<TransferInput, TransferResult> {
  return {
    input: transferInput,
    result: transferResult,
    plan: async (input, context) => {
      const journey = await journeyOf(direction, input, context);
      return transferPlan(journey, await findOut(journey, context.signal));
    },
    async *run(input, context) {
      yield* carryOut(await journeyOf(direction, input, context), context.signal, context.live);
    },
    changes: (result) => [{ what: verdictOf(result), undo: null }],
    report: transferReport,
  };
}
