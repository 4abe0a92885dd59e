import { z } from 'zod';

/** What the schemas of blocks, reports and messages are made of. The bounds are far above what a tool makes. */

const MAX_TEXT_LENGTH = 10_000_000;
const MAX_LABEL_LENGTH = 100_000;
export const MAX_ROWS = 1_000_000;
export const MAX_ITEMS = 100_000;
export const MAX_COLUMNS = 1000;

export const text = z.string().max(MAX_TEXT_LENGTH);
export const label = z.string().max(MAX_LABEL_LENGTH);
export const optionalLabel = label.exactOptional();
export const index = z.int().min(0).max(MAX_ITEMS);
export const sort = z.strictObject({ column: label, direction: z.enum(['ascending', 'descending']) });

export const status = z.enum(['ok', 'info', 'warning', 'error', 'unknown']);
export const optionalStatus = status.exactOptional();
export const unit = z.enum([
  'number',
  'percent',
  'bytes',
  'bytesPerSecond',
  'perSecond',
  'milliseconds',
  'seconds',
  'time',
  'hertz',
  'celsius',
  'rpm',
  'volts',
  'watts',
  'plain',
]);

const richCell = z.strictObject({
  text: text.exactOptional(),
  value: z.number().exactOptional(),
  unit: unit.exactOptional(),
  status: optionalStatus,
  action: index.exactOptional(),
  fraction: z.number().min(0).max(1).exactOptional(),
});
export const cell = z.union([text, z.number(), z.null(), richCell]);
