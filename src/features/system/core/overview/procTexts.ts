import { isFailure, type FileFailure, type FileTexts } from '../../../../machine/machine';
import { cgroupFigures, cgroupLimitFiles, cgroupPartFiles, cgroupUsageFiles, narrowed } from '../kernel/cgroup';
import { cgroupPlaces, type CgroupPlaces } from '../kernel/cgroupPlaces';
import type { Mount } from '../kernel/mountinfo';
import { COUNTER_FILES, FIXED_PATTERNS, isSlowPath, PRESSURE_FILES, SLOW_PATTERNS } from './sources';

/** How much of the machine a sample looks at; each includes the one before. */
export type Scope = 'counters' | 'slow' | 'fixed';

/** The last known text of every file, and which of them the next sample needs. */
export class ProcTexts {
  private texts = new Map<string, string | FileFailure>();
  private slowPaths: readonly string[] = [];
  private places: CgroupPlaces | null = null;
  /** The control groups whose figures count: only they are read for every sample. */
  private usedPlaces: CgroupPlaces | null = null;
  private fixedDevices = '';

  get all(): FileTexts {
    return this.texts;
  }

  get controlGroups(): CgroupPlaces | null {
    return this.places;
  }

  /** The patterns for one round trip. What cannot be read and is not essential is tried again with the fixed files only. */
  patterns(scope: Scope): readonly string[] {
    const readable = (path: string): boolean => scope === 'fixed' || !isFailure(this.texts.get(path));
    const groups = this.groupFiles(scope, this.usedPlaces).filter(readable);
    const pressure = PRESSURE_FILES.filter(readable);
    switch (scope) {
      case 'counters':
        return [...COUNTER_FILES, ...pressure, ...groups];
      case 'slow':
        return [...COUNTER_FILES, ...pressure, ...groups, ...this.slowPaths];
      case 'fixed':
        return [...COUNTER_FILES, ...pressure, ...groups, ...SLOW_PATTERNS, ...FIXED_PATTERNS];
    }
  }

  /** Of the machine's own control group and those above it: what has to be known before one of them is chosen. */
  allGroupFiles(): readonly string[] {
    return this.groupFiles('slow', this.places);
  }

  private groupFiles(scope: Scope, used: CgroupPlaces | null): readonly string[] {
    if (used === null || this.places === null) return [];
    const usage = cgroupUsageFiles(used);
    return scope === 'counters' ? usage : [...usage, ...cgroupPartFiles(used), ...cgroupLimitFiles(this.places)];
  }

  take(answer: FileTexts, scope: Scope): void {
    if (scope === 'fixed') {
      // Made anew, so that nothing is kept of devices that have gone.
      this.texts = new Map(answer);
      this.slowPaths = [...answer.keys()].filter(isSlowPath);
      this.fixedDevices = this.deviceNames();
    } else for (const [path, content] of answer) this.texts.set(path, content);
  }

  /** Finds the control groups; true when they are others than before, so that their files have to be read. */
  locate(mounts: readonly Mount[]): boolean {
    const membership = this.texts.get('/proc/self/cgroup');
    const places = typeof membership === 'string' ? cgroupPlaces(membership, mounts) : null;
    const same = JSON.stringify(places) === JSON.stringify(this.places);
    this.places = places;
    this.usedPlaces = places;
    return !same;
  }

  /** Chooses the control groups that count, once their limits are known. */
  narrow(): void {
    this.usedPlaces = this.places === null ? null : narrowed(this.places, cgroupFigures(this.texts, this.places));
  }

  /** Whether a disk or an interface has come or gone since the fixed files were read. */
  devicesChanged(): boolean {
    return this.deviceNames() !== this.fixedDevices;
  }

  private deviceNames(): string {
    const names = (path: string, name: RegExp): string => {
      const content = this.texts.get(path);
      return typeof content === 'string' ? (content.match(name) ?? []).join() : '';
    };
    return names('/proc/net/dev', /^[^:\n|]+:/gm) + names('/proc/diskstats', /^ *\d+ +\d+ +\S+/gm);
  }
}
