import { isFailure, type FileFailure, type Machine, type Usage } from '../../../../machine/machine';
import { listedMounts } from './fileSystems';
import { parseMountinfo, type Mount } from '../kernel/mountinfo';
import type { MountedFileSystem } from './reading';

const DEADLINE_MS = 2_000;
/** For the first sample, which somebody waits for. Whoever is slower is asked again for the second. */
const FIRST_DEADLINE_MS = 500;
/** A mount that did not answer is left alone for so many samples. */
const SILENT_SAMPLES = 10;

/** The mounted file systems and their space. One that hangs costs its own figures and one wait in ten samples. */
export class ProcUsage {
  mounts: readonly Mount[] = [];
  private listed: readonly Mount[] = [];
  private text = '';
  private askedAtMs = Number.NEGATIVE_INFINITY;
  private readonly figures = new Map<string, Usage | FileFailure>();
  private readonly silentSince = new Map<string, number>();

  constructor(
    private readonly machine: Machine,
    private readonly everyMs: number,
  ) {}

  /** Takes the text of mountinfo in; where it is the same as before, as it nearly always is, nothing is parsed. */
  update(text: string): readonly Mount[] | null {
    if (text === this.text && this.mounts.length > 0) return this.mounts;
    const mounts = parseMountinfo(text);
    this.text = text;
    this.mounts = mounts ?? [];
    this.listed = listedMounts(this.mounts);
    const paths = new Set(this.listed.map((mount) => mount.mountPoint));
    for (const path of this.figures.keys()) if (!paths.has(path)) this.figures.delete(path);
    this.askedAtMs = Number.NEGATIVE_INFINITY;
    return mounts;
  }

  /** Asks when it is time to, in one round trip. `sample` counts from 0. */
  async ask(sample: number, monotonicMs: number, signal: AbortSignal): Promise<void> {
    if (monotonicMs - this.askedAtMs < this.everyMs) return;
    const paths = this.listed.map((mount) => mount.mountPoint).filter((path) => !this.isSilent(path, sample));
    this.askedAtMs = monotonicMs;
    if (paths.length === 0) return;
    const deadlineMs = sample === 0 ? FIRST_DEADLINE_MS : DEADLINE_MS;
    const answers = await this.machine.files.usage(paths, { signal, deadlineMs });
    for (const [path, answer] of answers) this.take(path, answer, sample);
    if (paths.some((path) => !this.figures.has(path))) this.askedAtMs = Number.NEGATIVE_INFINITY;
  }

  list(): readonly MountedFileSystem[] {
    return this.listed.map((mount) => ({ mount, usage: this.figures.get(mount.mountPoint) }));
  }

  private isSilent(path: string, sample: number): boolean {
    const since = this.silentSince.get(path);
    return since !== undefined && sample - since < SILENT_SAMPLES;
  }

  private take(path: string, answer: Usage | FileFailure, sample: number): void {
    const silent = isFailure(answer) && answer.code === 'timed-out';
    if (silent && sample === 0) return;
    this.figures.set(path, answer);
    if (silent) this.silentSince.set(path, sample);
    else this.silentSince.delete(path);
  }
}
