import * as z from 'zod';
import { encodings } from './encoding';
import { textOptions } from './options';

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
});

export const textComparison = z.object({
  outcome: z
    .enum(['identical', 'same-text', 'ignored', 'different'])
    .describe(
      'The bytes are the same; the lines are, though encoding or marks are not; only what does not count differs; they differ.',
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
export type TextHunk = TextComparison['hunks'][number];
export type TextChange = TextHunk['changes'][number];
