import { isFailure } from '../../../../machine/machine';
import type { ProcessReading, Wanted } from './reading';
import type { Gap, ProcessPart } from './schema/process';
import { gapFrom } from './texts';

/** One file stands for each part. */
const FILES: readonly (readonly [file: string, part: ProcessPart])[] = [
  ['exe', 'executable'],
  ['cwd', 'folders'],
  ['io', 'io'],
  ['fd', 'files'],
  ['smaps_rollup', 'memory'],
];

/** What could not be seen. What is missing is missing by its nature, or because the kernel is too old: no gap. */
export function gapsOf(reading: ProcessReading, wanted: Wanted): readonly Gap[] {
  const { texts, stat, surroundings } = reading;
  const own = `/proc/${stat.pid}`;
  const environment = wanted.environment ? gap(surroundings.texts, `${own}/environ`, 'environment') : [];
  return [
    ...FILES.flatMap(([file, part]) => gap(texts, `${own}/${file}`, part)),
    ...environment,
    ...gap(surroundings.texts, `${own}/ns`, 'namespaces'),
    ...linkGaps(reading),
    ...[...reading.silent].map((mountPoint): Gap => ({
      part: 'fileDetails',
      reason: 'timed-out',
      message: mountPoint,
    })),
    ...surroundings.gaps,
    ...(surroundings.ioPriority === null ? [NO_IONICE] : []),
  ];
}

const NO_IONICE: Gap = { part: 'ionice', reason: 'missing', message: 'ionice' };

function gap(texts: ProcessReading['texts'], path: string, part: ProcessPart): readonly Gap[] {
  const content = texts.get(path);
  return content !== undefined && isFailure(content) && content.code !== 'missing' ? [gapFrom(content, part)] : [];
}

/** The folder of the namespaces may be listed where its links may not be followed. */
function linkGaps({ surroundings, stat }: ProcessReading): readonly Gap[] {
  const own = `/proc/${stat.pid}/ns/`;
  for (const [path, content] of surroundings.texts) {
    if (path.startsWith(own) && isFailure(content) && content.code === 'denied')
      return [gapFrom(content, 'namespaces')];
  }
  return [];
}
