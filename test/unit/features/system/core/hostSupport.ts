import type { RecordingEntry, Recordings } from '../../../../../src/tool/recordings';
import type { RunContext, Tool } from '../../../../../src/tool/tool';
import { ExpectedError } from '../../../../../src/lib/errors';
import type { Machine } from '../../../../../src/machine/machine';
import { runContextOf } from '../../../../support/runContext';

export interface MadeRecord {
  readonly type: number;
  readonly pid?: number;
  readonly line?: string;
  readonly user?: string;
  readonly host?: string;
  readonly seconds?: number;
}

export type Bits = 384 | 400 | 'big-endian';

/** Records as glibc writes them: 384 bytes, 400 on 64-bit Arm, or 384 with the high byte first. */
export function utmpBytes(records: readonly MadeRecord[], layout: Bits = 384): Uint8Array {
  const size = layout === 400 ? 400 : 384;
  const little = layout !== 'big-endian';
  const bytes = new Uint8Array(size * records.length);
  const view = new DataView(bytes.buffer);
  records.forEach((record, index) => {
    const at = index * size;
    const put = (offset: number, text: string): void => bytes.set(new TextEncoder().encode(text), at + offset);
    view.setInt16(at, record.type, little);
    view.setInt32(at + 4, record.pid ?? 0, little);
    put(8, record.line ?? '');
    put(44, record.user ?? '');
    put(76, record.host ?? '');
    view.setUint32(at + (layout === 400 ? 344 : 340), record.seconds ?? 0, little);
  });
  return bytes;
}

/** A process's line in /proc/PID/stat. */
export function statLine(pid: number, name: string, more: Partial<Record<StatField, number | string>> = {}): string {
  const field = (key: StatField, usual: number | string): number | string => more[key] ?? usual;
  const head = `${pid} (${name}) ${field('state', 'S')} ${field('parent', 1)} ${field('group', pid)} ${pid}`;
  const place = `${field('terminal', 0)} ${field('front', -1)} ${field('flags', 4194304)}`;
  return `${head} ${place} 0 0 0 0 ${field('user', 0)} 0 0 0 20 0 1 0 ${field('start', 100)} 1000000 500 ${'0 '.repeat(28)}\n`;
}
type StatField = 'state' | 'parent' | 'group' | 'terminal' | 'front' | 'flags' | 'user' | 'start';

/** A ring in memory. */
export function ring(): Recordings & { readonly entries: { atMs: number; value: unknown }[] } {
  const entries: { atMs: number; value: unknown }[] = [];
  const sizeOf = (value: unknown): number => JSON.stringify(value).length;
  return {
    entries,
    append: (_ring, atMs, value, { maxBytes }) => {
      entries.push({ atMs, value: JSON.parse(JSON.stringify(value)) });
      while (entries.length > 1 && entries.reduce((sum, one) => sum + sizeOf(one.value), 0) > maxBytes) entries.shift();
      return Promise.resolve();
    },
    list: () => Promise.resolve(entries.map(({ atMs, value }): RecordingEntry => ({ atMs, sizeBytes: sizeOf(value) }))),
    read: (_ring, atMs) => {
      const found = entries.find((entry) => entry.atMs === atMs);
      if (found === undefined) return Promise.reject(new ExpectedError('not-found', 'gone'));
      return Promise.resolve(found.value);
    },
    clear: () => {
      entries.length = 0;
      return Promise.resolve();
    },
  };
}

/** The last result, checked against the tool's own schema. */
export async function resultOf<Input, Result>(
  tool: Tool<Input, Result>,
  machine: Machine,
  input: unknown = {},
  more: Partial<RunContext> = {},
): Promise<Result> {
  let last: Result | undefined;
  for await (const result of tool.run(tool.input.parse(input), runContextOf(machine, more))) last = result;
  const checked = tool.result.parse(last);
  return checked;
}
