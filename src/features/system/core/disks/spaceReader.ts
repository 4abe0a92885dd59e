import { isFailure, type FileFailure, type Machine, type Usage } from '../../../../machine/machine';

const DEADLINE_MS = 2_000;
/** A mount that did not answer is left alone for so many readings. */
const SILENT_READINGS = 10;

/** Asks for the space of file systems again and again; one that hangs costs one wait in ten readings. */
export class SpaceReader {
  private readonly silentSince = new Map<string, { readonly reading: number; readonly failure: FileFailure }>();
  private reading = 0;

  constructor(private readonly machine: Machine) {}

  /** One round trip. */
  async read(mountPoints: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Usage | FileFailure>> {
    const answers = new Map<string, Usage | FileFailure>();
    this.reading++;
    const asked = mountPoints.filter((path) => {
      const silent = this.silentSince.get(path);
      if (silent === undefined || this.reading - silent.reading >= SILENT_READINGS) return true;
      answers.set(path, silent.failure);
      return false;
    });
    if (asked.length === 0) return answers;
    for (const [path, answer] of await this.machine.files.usage(asked, { signal, deadlineMs: DEADLINE_MS })) {
      answers.set(path, answer);
      if (isFailure(answer) && answer.code === 'timed-out')
        this.silentSince.set(path, { reading: this.reading, failure: answer });
      else this.silentSince.delete(path);
    }
    return answers;
  }
}
