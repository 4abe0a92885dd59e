import * as l10n from '@vscode/l10n';
import type { Report } from '../../report/model';
import type { HostMessage, ShowMessage } from '../../report/protocol';

/** What the host sent, with its report read. */
export type MessageReader = (message: HostMessage) => ShowMessage;

/**
 * A report that comes once more, as it does when only the state of its run changed, stays the very object that it
 * was: nothing of it is drawn anew.
 */
export function createMessageReader(): MessageReader {
  const decoder = new TextDecoder();
  let last: { readonly text: string; readonly report: Report } | undefined;
  return (message) => {
    if (message.report === null) return { ...message, report: null };
    try {
      const text = decoder.decode(message.report);
      if (last?.text !== text) last = { text, report: JSON.parse(text) as Report };
      return { ...message, report: last.report };
    } catch (error) {
      return { ...message, report: last?.report ?? null, state: 'failed', message: unreadable(error) };
    }
  };
}

function unreadable(error: unknown): string {
  return l10n.t('The report could not be read: {0}', error instanceof Error ? error.message : String(error));
}
