import * as vscode from 'vscode';

const QUICK_MS = 500;

/**
 * Shows a notification that tells how far the work is and can cancel it; none where it would only flash. Throws what the
 * work throws.
 */
export function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, tell: (message: string) => void) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const controller = new AbortController();
  let last = '';
  let report: (message: string) => void = (message) => (last = message);
  const run = work(controller.signal, (message) => report(message));
  const quick = new Promise<'slow'>((resolve) => setTimeout(() => resolve('slow'), QUICK_MS));
  const show = (): Thenable<void> =>
    vscode.window.withProgress(options, async (progress, token) => {
      report = (message) => progress.report({ message });
      report(last);
      token.onCancellationRequested(() => controller.abort());
      await run.catch(() => undefined);
    });
  void Promise.race([run, quick]).then(
    (first) => (first === 'slow' ? show() : undefined),
    () => undefined,
  );
  return run;
}
