import * as l10n from '@vscode/l10n';
import * as os from 'node:os';
import * as systeminformation from 'systeminformation';
import { runWithDeadline } from '../../../../lib/deadline';
import { ExpectedError, isCancelled, messageOf } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import type { Clock } from '../clock';
import { entryElsewhere, startedMs } from './elsewhereEntry';
import { lateError } from './failures';
import { selectProcesses, type ProcessQuery } from './query';
import type { ProcessEntry, ProcessesResult } from './schema';
import { machineName } from '../machineName';

/** The function of the package that is used; tests put their own in its place. */
export type Library = Pick<typeof systeminformation, 'processes'>;

const DEADLINE_MS = 15_000;
/** macOS tells for how many whole seconds a process has been running, so its start wavers by one. */
const START_WAVER_MS = 2_000;

/** The processes of the machine that Opsdeck runs on where that is macOS or Windows, by the programs of the system. */
export class ElsewhereProcesses {
  private starts: ReadonlyMap<number, number> = new Map();
  private readings = 0;

  constructor(
    private readonly machine: Machine,
    private readonly clock: Clock,
    private readonly query: ProcessQuery,
    private readonly library: Library = systeminformation,
  ) {}

  /** Throws an ExpectedError, or a CancelledError. */
  async read(signal: AbortSignal): Promise<ProcessesResult> {
    if (this.query.port !== null || this.query.file !== null) throw this.notTold();
    const { list } = await this.ask(signal);
    const takenAtMs = this.clock.nowMs();
    const entries = list.filter((one) => one.pid > 0).map((one) => this.entry(one));
    this.starts = new Map(entries.map((entry) => [entry.pid, entry.startTicks]));
    this.readings++;
    const selection = selectProcesses(entries, this.query, { ofPort: null, ofFile: null }, takenAtMs);
    return {
      machine: this.machine.name,
      takenAtMs,
      filter: this.query,
      total: entries.length,
      states: statesOf(entries),
      threads: null,
      processes: [...selection.shown],
      ancestors: [...selection.ancestors],
      matched: selection.matched,
      problems: [
        l10n.t(
          'This system tells less than Linux does: no threads, open files, I/O, or times on the CPU, and arguments only in one text.',
        ),
      ],
    };
  }

  private async ask(signal: AbortSignal): Promise<systeminformation.Systeminformation.ProcessesData> {
    const late = (): Error => lateError(this.machine, DEADLINE_MS);
    try {
      return await runWithDeadline(signal, DEADLINE_MS, () => this.library.processes(), late);
    } catch (error) {
      if (isCancelled(error) || error instanceof ExpectedError) throw error;
      const message = l10n.t(
        'The processes of {0} could not be listed: {1}',
        machineName(this.machine.name),
        messageOf(error),
      );
      throw new ExpectedError('failed', message, { cause: error });
    }
  }

  private entry(one: systeminformation.Systeminformation.ProcessesProcessData): ProcessEntry {
    const started = startedMs(one.started);
    const known = this.starts.get(one.pid);
    const same = known !== undefined && started !== null && Math.abs(known - started) <= START_WAVER_MS;
    const scale = { windows: this.machine.platform === 'win32', cores: os.cpus().length, first: this.readings === 0 };
    return entryElsewhere(one, same ? known : started, scale);
  }

  private notTold(): ExpectedError {
    const message = l10n.t(
      'On {0}, which process owns a port or has a file open is not told. It works for Linux machines; without these filters, the list works here as well.',
      machineName(this.machine.name),
    );
    return new ExpectedError('unsupported', message);
  }
}

function statesOf(entries: readonly ProcessEntry[]): ProcessesResult['states'] {
  const states: ProcessesResult['states'] = {};
  for (const { state } of entries) states[state] = (states[state] ?? 0) + 1;
  return states;
}
