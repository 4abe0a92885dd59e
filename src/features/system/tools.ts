import * as z from 'zod';
import type { AnyTool, Tool } from '../../tool/tool';
import { collectOverviews } from './core/overview/collect';
import { systemOverview, type SystemOverview } from './core/overview/schema/overview';
import type { manifest } from './manifest';
import { report } from './report/overview';

type NoInput = Record<string, never>;

const overview: Tool<NoInput, SystemOverview> = {
  input: z.object({}).describe('Needs nothing but the machine.'),
  result: systemOverview,
  run: (_input, { machine, signal, live }) => collectOverviews({ machine, signal, live }),
  report,
};

export const tools = { 'system.overview': overview } satisfies Record<keyof typeof manifest.tools, AnyTool>;
