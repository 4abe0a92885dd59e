import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { ExpectedError, isCancelled, messageOf } from '../lib/errors';
import type { Log } from '../tool/tool';

/** The one place that shows errors. A cancel is silent; a bug is logged with its stack and offers the log. */
export class Failures {
  constructor(private readonly channel: vscode.LogOutputChannel) {}

  /** Runs an action of the user; `what` begins the message: 'Export the report'. */
  async attempt(what: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.show(what, error);
    }
  }

  show(what: string, error: unknown): void {
    if (isCancelled(error)) return;
    const expected = error instanceof ExpectedError;
    const details = error instanceof Error && !expected ? (error.stack ?? error.message) : messageOf(error);
    this.channel.error(`${what}: ${details}`);
    const message = expected
      ? l10n.t('{0}: {1}', what, error.message)
      : l10n.t('{0}: an error in Opsdeck itself ({1}). The log has the details.', what, messageOf(error));
    const showLog = l10n.t('Show Log');
    void vscode.window.showErrorMessage(message, showLog).then((choice) => {
      if (choice === showLog) this.channel.show();
    });
  }
}

/** The log of the tools: the output channel "Opsdeck". */
export function logOf(channel: vscode.LogOutputChannel): Log {
  return {
    debug: (message) => channel.debug(message),
    info: (message) => channel.info(message),
    warn: (message) => channel.warn(message),
    error: (message, error) =>
      channel.error(error instanceof Error ? `${message}: ${error.stack ?? error.message}` : message),
  };
}
