import * as z from 'zod';
import type { Tool } from '../../tool/tool';
import { requireLinux } from './core/linuxOnly';
import { SYSTEM_CLOCK } from './core/clock';
import { takeSnapshot } from './core/snapshot/collect';
import { compareSnapshots } from './core/snapshot/compare/compare';
import { compareInput, compareResult, type CompareInput, type CompareResult } from './core/snapshot/compare/schema';
import { loadSnapshot } from './core/snapshot/load';
import {
  recordInput,
  recordResult,
  recordSnapshots,
  type RecordInput,
  type RecordResult,
} from './core/snapshot/record';
import { replay, replayInput, replayResult, type ReplayInput, type ReplayResult } from './core/snapshot/replay';
import { snapshot, type Snapshot } from './core/snapshot/schema';
import { recordReport, replayReport, snapshotReport } from './report/snapshot';
import { compareReport } from './report/snapshot/compare';

export const snapshotTool: Tool<Record<string, never>, Snapshot> = {
  input: z.object({}).describe('Needs nothing but the machine.'),
  result: snapshot,
  async *run(_input, { machine, signal }) {
    requireLinux(machine);
    yield await takeSnapshot(machine, SYSTEM_CLOCK, signal);
  },
  report: snapshotReport,
};

export const recordTool: Tool<RecordInput, RecordResult> = {
  input: recordInput,
  result: recordResult,
  async *run(input, context) {
    requireLinux(context.machine);
    yield* recordSnapshots(input, context, SYSTEM_CLOCK);
  },
  report: recordReport,
};

/** Only reads what was recorded, so it works wherever something was. */
export const replayTool: Tool<ReplayInput, ReplayResult> = {
  input: replayInput,
  result: replayResult,
  async *run(input, context) {
    yield await replay(input, context);
  },
  report: replayReport,
};

export const compareTool: Tool<CompareInput, CompareResult> = {
  input: compareInput,
  result: compareResult,
  async *run({ before, after }, { machine, recordings, signal }) {
    if (before === 'now' || after === 'now') requireLinux(machine);
    const places = { machine, recordings, clock: SYSTEM_CLOCK, signal };
    // The file first: a wrong one is refused before the machine is asked for anything.
    const old = await loadSnapshot(before, places);
    const now = await loadSnapshot(after, places);
    const result = compareSnapshots(
      machine.name,
      { reference: before, snapshot: old },
      { reference: after, snapshot: now },
    );
    yield result;
  },
  report: compareReport,
};
