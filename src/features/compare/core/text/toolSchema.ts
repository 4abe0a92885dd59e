import * as z from 'zod';
import { textOptions } from './options';
import { textComparison } from './schema';

const place = z.string().min(1).max(32_768);

/** How a comparison can be told beside its report. */
export const deltaFormats = ['none', 'unified', 'context', 'normal', 'ndiff', 'html'] as const;

export const textsInput = z.object({
  left: place
    .describe('A file as PATH or HOST:PATH; the older one, where one is.')
    .meta({ title: 'Left', examples: ['/etc/nginx/nginx.conf', 'web01:/etc/nginx/nginx.conf'] }),
  right: place
    .describe('The file to compare it with, as PATH or HOST:PATH.')
    .meta({ title: 'Right', examples: ['web02:/etc/nginx/nginx.conf'] }),
  delta: z
    .enum(deltaFormats)
    .default('none')
    .describe(
      'The differences also as a text: as diff -u, diff -c or diff shows them, as Python’s ndiff, or as a page with both sides beside each other.',
    )
    .meta({ title: 'Delta' }),
  ...textOptions,
});
export type TextsInput = z.infer<typeof textsInput>;

export const textsResult = textComparison.extend({
  delta: z
    .object({ format: z.enum(deltaFormats), text: z.string() })
    .nullable()
    .describe('In the format that was asked for; null where none was.'),
});
export type TextsResult = z.infer<typeof textsResult>;
export type DeltaFormat = (typeof deltaFormats)[number];
