import type { SftpSession } from './session';

/** An open file or folder of a session. */
export interface SftpHandle {
  readonly bytes: Buffer;
  /** Once; again does nothing. What could not be written may be told only here. */
  close(): Promise<void>;
  /** Closes it without waiting, for what was only read or is given up. */
  abandon(): void;
}

/** Opens by `ask` when it is its turn: servers bound how many are open at a time. */
export async function openHandle(
  session: SftpSession,
  signal: AbortSignal,
  ask: () => Promise<Buffer>,
): Promise<SftpHandle> {
  const giveBack = await session.handles.take(signal);
  let bytes: Buffer;
  try {
    bytes = await ask();
  } catch (error) {
    giveBack();
    throw error;
  }
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= session.ask('close', [bytes], null).finally(giveBack));
  return {
    bytes,
    close,
    abandon: () => {
      close().catch(() => undefined);
    },
  };
}
