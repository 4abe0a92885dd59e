import { ExpectedError } from '../../lib/errors';
import * as l10n from '@vscode/l10n';
import type { Tool } from '../../tool/tool';
import { readSource } from './core/sources/readSource';
import { bufferOf } from './core/text/content';
import { toUtf8 } from './core/text/decode';
import { findEncoding } from './core/text/encoding';
import { LARGEST_SHOWN_BYTES, showInput, type ShowInput, showResult, type ShowResult } from './core/text/showSchema';
import { showReport } from './report/show';

/** One file, wherever it is: what editors show of revisions and archives. */
export const showTool: Tool<ShowInput, ShowResult> = {
  input: showInput,
  result: showResult,
  async *run({ source }, context) {
    const content = await readSource(source, undefined, context);
    const bytes = bufferOf(content);
    const { label, modifiedMs = null } = content;
    if (bytes.length > LARGEST_SHOWN_BYTES) {
      const most = LARGEST_SHOWN_BYTES / 2 ** 20;
      throw new ExpectedError('too-large', l10n.t('{0} is too large to be shown: at most {1} MiB.', label, most));
    }
    const found = findEncoding(bytes);
    const text = found === null ? null : toUtf8(bytes, found.encoding, found.markBytes).toString('utf8');
    yield { label, sizeBytes: bytes.length, modifiedMs, encoding: found?.encoding ?? null, text };
  },
  report: showReport,
};
