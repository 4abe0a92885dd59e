import * as fs from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import { expandPattern, isPattern, type ListNames } from './pattern';
import { ReadShared } from './readShared';
import { ReadError, TextReader } from './text';

/** Given to the thread when it starts. */
export interface ReadThreadData {
  readonly memory: SharedArrayBuffer;
}

/** One batch. Paths in `skip` hang in another thread and are not touched. */
export interface ReadRequest {
  readonly id: number;
  readonly patterns: readonly string[];
  readonly skip: readonly string[];
  readonly maxBytes: number;
}

/** `texts` go with `paths` by index, '' where `errors` has an entry: an errno name, 'kind:fifo' and so on, or SKIPPED. */
export interface ReadReply {
  readonly id: number;
  readonly paths: readonly string[];
  readonly texts: readonly string[];
  readonly errors: readonly (readonly [index: number, code: string])[];
  /** The patterns that a cancelled batch did not come to, or not to the end of. */
  readonly unread: readonly string[];
}

export const SKIPPED = 'skipped';

/** A pattern stands for the files that are there: what is missing, has ended or is a folder is no match. */
const NO_MATCH: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ESRCH', 'EISDIR', 'kind:directory']);

/** Answers one batch after another with synchronous reads, which for /proc are several times faster than promises. */
export function serveReads(port: MessagePort, data: ReadThreadData): void {
  // A missing file is an everyday answer here; its stack would cost more than the look at the file.
  Error.stackTraceLimit = 0;
  const shared = new ReadShared(data.memory);
  const reader = new TextReader();
  port.on('message', (request: ReadRequest) => {
    port.postMessage(readBatch(request, shared, reader));
    reader.shrink();
  });
}

/** Reads until the end of the batch, or until it is cancelled. */
function readBatch(request: ReadRequest, shared: ReadShared, reader: TextReader): ReadReply {
  const skip = new Set(request.skip);
  const enter = (path: string): string => {
    if (skip.has(path)) throw new ReadError(SKIPPED);
    shared.enter(path);
    return path;
  };
  const paths: string[] = [];
  const texts: string[] = [];
  const errors: [number, string][] = [];
  let unread: readonly string[] = [];
  const seen = new Set<string>();
  for (const target of targetsOf(request.patterns, (folder) => fs.readdirSync(enter(folder)))) {
    if (shared.isCancelled(request.id)) {
      unread = request.patterns.slice(target.patternIndex);
      break;
    }
    if (seen.has(target.path)) continue;
    seen.add(target.path);
    let text = '';
    let code = target.errorCode;
    try {
      if (code === undefined) text = reader.read(enter(target.path), request.maxBytes);
    } catch (error) {
      code = codeOf(error);
    }
    if (code !== undefined) {
      if (target.expanded && NO_MATCH.has(code)) continue;
      errors.push([paths.length, code]);
    }
    paths.push(target.path);
    texts.push(text);
  }
  return { id: request.id, paths, texts, errors, unread };
}

interface Target {
  readonly patternIndex: number;
  readonly path: string;
  readonly expanded: boolean;
  /** Where the folder of a pattern could not be listed. */
  readonly errorCode?: string;
}

function* targetsOf(patterns: readonly string[], list: ListNames): Generator<Target> {
  for (const [patternIndex, pattern] of patterns.entries()) {
    if (!isPattern(pattern)) {
      yield { patternIndex, path: pattern, expanded: false };
      continue;
    }
    for (const found of expandPattern(pattern, list)) {
      const target = { patternIndex, path: found.path, expanded: true };
      yield found.kind === 'path' ? target : { ...target, errorCode: codeOf(found.error) };
    }
  }
}

function codeOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code ?? String(error);
}
