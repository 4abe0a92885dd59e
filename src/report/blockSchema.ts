import { z } from 'zod';
import type { Block } from './model';
import {
  cell,
  index,
  label,
  MAX_COLUMNS,
  MAX_ITEMS,
  MAX_ROWS,
  optionalLabel,
  optionalStatus,
  text,
  unit,
} from './schemaParts';
import { tableBlock } from './tableSchema';

/** The blocks of model.ts as schemas. */

const factsBlock = z.strictObject({
  kind: z.literal('facts'),
  title: optionalLabel,
  items: z
    .array(
      z.strictObject({
        label,
        value: cell,
        unit: unit.exactOptional(),
        note: optionalLabel,
        code: z.boolean().exactOptional(),
      }),
    )
    .max(MAX_ITEMS),
});

const textBlock = z.strictObject({
  kind: z.literal('text'),
  title: optionalLabel,
  text,
  style: z.enum(['prose', 'code', 'note']),
  status: optionalStatus,
});

const terminalBlock = z.strictObject({
  kind: z.literal('terminal'),
  title: optionalLabel,
  text,
  empty: optionalLabel,
});

const timelineBlock = z.strictObject({
  kind: z.literal('timeline'),
  title: optionalLabel,
  unit: z.enum(['milliseconds', 'seconds']),
  phases: z
    .array(
      z.strictObject({ label, start: z.number(), duration: z.number(), status: optionalStatus, note: optionalLabel }),
    )
    .max(MAX_ITEMS),
});

const seriesBlock = z.strictObject({
  kind: z.literal('series'),
  id: label,
  title: label,
  unit,
  times: z.array(z.number()).max(MAX_ROWS),
  lines: z.array(z.strictObject({ label, values: z.array(z.number().nullable()).max(MAX_ROWS) })).max(MAX_COLUMNS),
  spanMs: z.number().positive().exactOptional(),
  stacked: z.boolean().exactOptional(),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
});

const graphNode = z.strictObject({
  id: label,
  label,
  detail: optionalLabel,
  status: optionalStatus,
  action: index.exactOptional(),
});
const graphBlock = z.strictObject({
  kind: z.literal('graph'),
  title: optionalLabel,
  direction: z.enum(['right', 'down']),
  nodes: z.array(graphNode).max(MAX_ITEMS),
  edges: z
    .array(z.strictObject({ from: label, to: label, label: optionalLabel, status: optionalStatus }))
    .max(MAX_ITEMS),
});

const place = z.strictObject({
  id: label,
  label,
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  detail: optionalLabel,
  status: optionalStatus,
});
const mapBlock = z.strictObject({
  kind: z.literal('map'),
  title: optionalLabel,
  places: z.array(place).max(MAX_ITEMS),
  lines: z.array(z.strictObject({ from: label, to: label, status: optionalStatus })).max(MAX_ITEMS),
});

const sectionBlock = z.strictObject({
  kind: z.literal('section'),
  title: label,
  status: optionalStatus,
  summary: optionalLabel,
  collapsed: z.boolean().exactOptional(),
  get blocks() {
    return blocks;
  },
});

const anyBlock = z.discriminatedUnion('kind', [
  factsBlock,
  tableBlock,
  textBlock,
  terminalBlock,
  timelineBlock,
  seriesBlock,
  graphBlock,
  mapBlock,
  sectionBlock,
]);
export const blocks: z.ZodType<readonly Block[]> = z.array(anyBlock).max(MAX_ITEMS);

/** For the check in schema.ts that this file and model.ts agree. */
export type BlockOfSchema = z.infer<typeof anyBlock>;
