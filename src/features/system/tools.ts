import * as z from 'zod';
import type { AnyChangeTool, AnyTool, Tool } from '../../tool/tool';
import {
  affinityTool,
  ioniceTool,
  limitTool,
  niceTool,
  resumeTool,
  signalTool,
  suspendTool,
  terminateTool,
} from './controlTools';
import { collectOverviews } from './core/overview/collect';
import { systemOverview, type SystemOverview } from './core/overview/schema/overview';
import { processTool } from './depthTools';
import { sensorsTool, servicesTool, usersTool } from './hostTools';
import type { manifest } from './manifest';
import { networkTool, socketsTool } from './networkTools';
import { processesTool } from './processTools';
import { report } from './report/overview';
import { compareTool, recordTool, replayTool, snapshotTool } from './snapshotTools';
import { disksTool, filesTool, memoryTool } from './storageTools';

type NoInput = Record<string, never>;

const overview: Tool<NoInput, SystemOverview> = {
  input: z.object({}).describe('Needs nothing but the machine.'),
  result: systemOverview,
  run: (_input, { machine, signal, live }) => collectOverviews({ machine, signal, live }),
  report,
};

type Tools = typeof manifest.tools;

/** Every tool of the manifest, by its id; what changes something has a plan, or it does not compile. */
export const tools = {
  'system.overview': overview,
  'system.processes': processesTool,
  'system.process': processTool,
  'system.sockets': socketsTool,
  'system.files': filesTool,
  'system.disks': disksTool,
  'system.memory': memoryTool,
  'system.network': networkTool,
  'system.users': usersTool,
  'system.sensors': sensorsTool,
  'system.services': servicesTool,
  'system.terminate': terminateTool,
  'system.signal': signalTool,
  'system.suspend': suspendTool,
  'system.resume': resumeTool,
  'system.nice': niceTool,
  'system.ionice': ioniceTool,
  'system.affinity': affinityTool,
  'system.limit': limitTool,
  'system.snapshot': snapshotTool,
  'system.compare': compareTool,
  'system.record': recordTool,
  'system.replay': replayTool,
} satisfies { readonly [Id in keyof Tools]: Tools[Id]['effect'] extends 'change' ? AnyChangeTool : AnyTool };
