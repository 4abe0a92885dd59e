import * as z from 'zod';
import { configForms } from '../config/forms';
import { encodings } from './encoding';
import { textOptions } from './options';

const origin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file') }),
  z.object({ kind: z.literal('text') }).describe('Given with the input.'),
  z.object({ kind: z.literal('member') }).describe('Of an archive.'),
  z.object({ kind: z.literal('git'), commit: z.string() }),
  z.object({
    kind: z.literal('command'),
    exitCode: z.number().nullable().describe('null: a signal ended it.'),
    signal: z.string().nullable(),
    complaint: z.string().describe('The beginning of what it wrote to standard error.'),
  }),
  z.object({
    kind: z.literal('url'),
    url: z.string().describe('Where redirects have led.'),
    status: z.number().describe('Of HTTP.'),
    distrust: z
      .string()
      .nullable()
      .describe('Code of OpenSSL or Node.js for why its certificate is not to be trusted; null where it is.'),
  }),
]);

const side = z.object({
  label: z.string().describe('What it was called when it was compared, such as web01:/etc/hosts.'),
  sizeBytes: z.number(),
  modifiedMs: z.number().nullable().describe('Milliseconds since 1970 UTC; null where there is no such time.'),
  encoding: z.enum(encodings).nullable().describe('null: it is no text.'),
  byteOrderMark: z.boolean(),
  damaged: z.boolean().describe('Some bytes are not of that encoding; they are compared, but shown as U+FFFD.'),
  lineEnds: z.enum(['lf', 'crlf', 'cr', 'mixed', 'none']),
  lines: z.number().describe('0 where it is no text.'),
  endsWithNewline: z.boolean(),
  sha256: z.string().nullable().describe('Of the bytes; null of a text.'),
  origin: origin.describe('Where it is from.'),
});

const count = z.number().int().min(0);
const change = z.object({
  leftStart: count.describe('Index of its first line on the left, from 0.'),
  leftEnd: count.describe('Index after its last one; equal to leftStart where lines are only added.'),
  rightStart: count,
  rightEnd: count,
  ignored: z.boolean().describe('The options say that it does not count.'),
});

const hunk = z.object({
  leftStart: count.describe('Index of its first line on the left, from 0.'),
  leftLines: z.array(z.string()),
  rightStart: count,
  rightLines: z.array(z.string()),
  changes: z.array(change).describe('Between them, both sides are equal as far as the options go.'),
  leftSources: z
    .array(count)
    .optional()
    .describe('Only where files are compared by what they mean: the line of the left file, from 1, of each line.'),
  rightSources: z.array(count).optional(),
});

const config = z.object({
  left: z.enum(configForms).describe('As what it was read.'),
  right: z.enum(configForms),
  chosenBy: z.enum(['option', 'setting', 'name', 'content']),
  difference: z
    .enum(['notation', 'order'])
    .nullable()
    .describe(
      'Of files that mean the same: only comments, spacing or spelling differ, or also an order that means nothing.',
    ),
  failure: z
    .object({
      side: z.enum(['left', 'right']),
      line: count.describe('From 1.'),
      column: count.describe('From 1.'),
      reason: z.string(),
    })
    .nullable()
    .describe('Why it could not be read so; then the lines are compared as they are.'),
});

export const textComparison = z.object({
  outcome: z
    .enum(['identical', 'same-text', 'same-meaning', 'ignored', 'different'])
    .describe(
      'The bytes are the same; the lines are, though encoding or marks are not; the files are read alike, as `config` tells; only what does not count differs; they differ.',
    ),
  kind: z.enum(['text', 'bytes']).describe('bytes: one of them is no text.'),
  left: side,
  right: side,
  options: z.object(textOptions),
  counts: z.object({
    same: count.describe('Lines.'),
    removed: count.describe('Lines of the left that are not on the right.'),
    added: count.describe('Lines of the right that are not on the left.'),
    changes: count.describe('Places where lines differ.'),
    ignored: count.describe('Places where they differ in what does not count.'),
  }),
  similarity: z.number().min(0).max(1).describe('Twice the lines that are the same, divided by all lines.'),
  config: config.nullable().describe('How configuration files were read; null where lines are just lines.'),
  minimal: z.boolean().describe('It is known that no fewer lines could be removed and added.'),
  hunks: z.array(hunk),
  firstDifference: z
    .object({
      offset: count.describe('From 0, in bytes.'),
      windowStart: count.describe('Offset of the first byte of both windows.'),
      left: z.string().describe('Bytes around it in hex.'),
      right: z.string(),
    })
    .nullable()
    .describe('Where the bytes differ first; null where they do not, and of texts.'),
});

/** What all reports and formats of compared texts are made from. */
export type TextComparison = z.infer<typeof textComparison>;
export type TextSide = TextComparison['left'];
export type ConfigReading = z.infer<typeof config>;
export type TextHunk = TextComparison['hunks'][number];
export type TextChange = TextHunk['changes'][number];
