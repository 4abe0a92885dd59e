/** In the order of their numbers, IOPRIO_CLASS_* of ioprio_set(2). */
export const IO_CLASSES = ['none', 'realtime', 'best-effort', 'idle'] as const;
export type IoClass = (typeof IO_CLASSES)[number];

export interface IoPriority {
  readonly class: IoClass;
  /** 0 to 7; null in a class without levels. */
  readonly level: number | null;
}

/** What `ionice -p PID` prints: 'best-effort: prio 4', 'idle', 'none: prio 0'; null when it is something else. */
export function parseIonice(output: string): IoPriority | null {
  const [, name, level] = /^(none|realtime|best-effort|idle)(?:: prio ([0-7]))?\s*$/.exec(output.trim()) ?? [];
  const known = IO_CLASSES.find((one) => one === name);
  return known === undefined ? null : ioPriority(known, level === undefined ? 0 : Number(level));
}

export function ioPriority(ioClass: IoClass, level: number): IoPriority {
  return { class: ioClass, level: ioClass === 'realtime' || ioClass === 'best-effort' ? level : null };
}

/** 'best-effort 4', 'idle'. */
export function ioPriorityText(priority: IoPriority): string {
  return priority.level === null ? priority.class : `${priority.class} ${priority.level}`;
}

/** The reverse of ioPriorityText. */
export function readIoPriorityText(text: string): IoPriority | null {
  return parseIonice(text.replace(' ', ': prio '));
}

/** Arguments of ionice(1). It takes a level only with the classes that have one. */
export function ioniceArguments(pid: number, { class: ioClass, level }: IoPriority): readonly string[] {
  const classArguments = ['-c', String(IO_CLASSES.indexOf(ioClass))];
  return [...classArguments, ...(level === null ? [] : ['-n', String(level)]), '-p', String(pid)];
}
