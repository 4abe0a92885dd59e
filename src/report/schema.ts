import { z } from 'zod';
import { blocks, type BlockOfSchema } from './blockSchema';
import { safeHref } from './links';
import type { Block, Report } from './model';
import type { PageMessage, PageState, RunRequest, ShowMessage, TablePreference } from './protocol';
import { index, label, MAX_COLUMNS, MAX_ITEMS, MAX_ROWS, sort, status, text } from './schemaParts';

/** Checks of what comes back from the page or from a file. A link may only go where `safeHref` lets it. */

const action = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tool'),
    label,
    tool: label,
    input: z.unknown(),
    asksMachine: z.boolean().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('copy'), label, text }),
  z.strictObject({ kind: z.literal('open'), label, url: label.refine((url) => safeHref(url) !== null) }),
]);

const moments = z
  .strictObject({ times: z.array(z.number()).max(MAX_ROWS), shown: z.int().min(0).max(MAX_ROWS) })
  .refine(({ times, shown }) => shown < times.length, { message: 'The moment that is shown must be one of them.' })
  .refine(({ times }) => times.every((time, at) => at === 0 || time >= (times[at - 1] ?? 0)), {
    message: 'Moments must be in their order.',
  });

const report = z.strictObject({
  title: label,
  verdict: text,
  status,
  blocks,
  actions: z.array(action).max(MAX_ITEMS).exactOptional(),
  moments: moments.exactOptional(),
});
export const reportSchema: z.ZodType<Report> = report;

const runRequest = z.strictObject({ tool: label, input: z.unknown(), machine: label });
export const runRequestSchema: z.ZodType<RunRequest> = runRequest;

const tablePreference = z.strictObject({
  columns: z.array(label).max(MAX_COLUMNS).exactOptional(),
  sort: sort.exactOptional(),
  tree: z.boolean().exactOptional(),
});
export const tablePreferenceSchema: z.ZodType<TablePreference> = tablePreference;

const pageMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('runAgain') }),
  z.strictObject({ kind: z.literal('cancel') }),
  z.strictObject({ kind: z.literal('pause') }),
  z.strictObject({ kind: z.literal('resume') }),
  z.strictObject({ kind: z.literal('action'), index }),
  z.strictObject({ kind: z.literal('rowAction'), table: label, row: label, action: index }),
  z.strictObject({ kind: z.literal('moment'), index: z.int().min(0).max(MAX_ROWS) }),
  z.strictObject({ kind: z.literal('prefer'), table: label, preference: tablePreference }),
  z.strictObject({ kind: z.literal('copyText'), text }),
  z.strictObject({ kind: z.literal('copyReport') }),
  z.strictObject({ kind: z.literal('export'), format: z.enum(['markdown', 'html', 'csv', 'json']) }),
  z.strictObject({ kind: z.literal('openAsText') }),
]);
export const pageMessageSchema: z.ZodType<PageMessage> = pageMessage;

const showMessage = z.strictObject({
  kind: z.literal('show'),
  request: runRequest,
  state: z.enum(['running', 'live', 'paused', 'done', 'cancelled', 'failed', 'restored']),
  report: report.nullable(),
  takenAtMs: z.number().min(0),
  message: text,
  title: label.exactOptional(),
  preferences: z.record(label, tablePreference).exactOptional(),
});
const pageState = z.strictObject({ version: z.literal(1), shown: showMessage, view: z.unknown() });
export const pageStateSchema: z.ZodType<PageState> = pageState;

type Writable<T> = T extends readonly (infer Item)[]
  ? Writable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Writable<T[Key]> }
    : T;
/** With every key required, so that an optional one that is missing on one side counts. */
type Complete<T> = T extends readonly (infer Item)[]
  ? Complete<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]-?: Complete<T[Key]> }
    : T;
type Mutual<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type Same<A, B> = Mutual<Writable<A>, Writable<B>> & Mutual<Complete<A>, Complete<B>>;

/** Does not compile when a schema and its type differ in a key, an option or a value. */
export const schemasAgree: {
  readonly block: Same<Block, BlockOfSchema>;
  readonly report: Same<Report, z.infer<typeof report>>;
  readonly runRequest: Same<RunRequest, z.infer<typeof runRequest>>;
  readonly pageMessage: Same<PageMessage, z.infer<typeof pageMessage>>;
  readonly showMessage: Same<ShowMessage, z.infer<typeof showMessage>>;
  readonly pageState: Same<PageState, z.infer<typeof pageState>>;
} = { block: true, report: true, runRequest: true, pageMessage: true, showMessage: true, pageState: true };
