import { count, decimal, wholeLines } from './text';

/** /proc/cpuinfo, whose lines differ from one architecture to the next. */
export interface ProcessorInfo {
  readonly model: string | null;
  /** Logical processors that are online. */
  readonly logical: number;
  /** null where the file does not tell cores apart (Arm, and some virtual machines). */
  readonly physicalCores: number | null;
  readonly sockets: number | null;
  /** By number of the processor. */
  readonly frequencyHertz: ReadonlyMap<number, number>;
}

/** Names under which architectures keep the model, the best first. */
const MODEL_NAMES = ['model name', 'Model', 'Hardware', 'cpu model', 'cpu', 'uarch'];

export function parseCpuinfo(text: string): ProcessorInfo | null {
  const processors: Map<string, string>[] = [];
  const shared = new Map<string, string>();
  for (const line of wholeLines(text)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (name === 'processor' && count(value) !== null) processors.push(new Map());
    (processors.at(-1) ?? shared).set(name, value);
    if (!shared.has(name)) shared.set(name, value);
  }
  if (processors.length === 0) return null;
  const model = MODEL_NAMES.map((name) => shared.get(name)).find((value) => value !== undefined && value !== '');
  return {
    model: model ?? null,
    logical: processors.length,
    ...topology(processors),
    frequencyHertz: frequencies(processors),
  };
}

function topology(
  processors: readonly ReadonlyMap<string, string>[],
): Pick<ProcessorInfo, 'physicalCores' | 'sockets'> {
  const sockets = new Set<string>();
  const cores = new Set<string>();
  for (const processor of processors) {
    const socket = processor.get('physical id');
    const core = processor.get('core id');
    if (socket !== undefined) sockets.add(socket);
    if (core !== undefined) cores.add(`${socket ?? ''}/${core}`);
  }
  return { physicalCores: cores.size || null, sockets: sockets.size || null };
}

function frequencies(processors: readonly ReadonlyMap<string, string>[]): ReadonlyMap<number, number> {
  const result = new Map<number, number>();
  for (const processor of processors) {
    const id = count(processor.get('processor'));
    const megahertz = decimal(processor.get('cpu MHz'));
    if (id !== null && megahertz !== null && megahertz > 0) result.set(id, Math.round(megahertz * 1e6));
  }
  return result;
}
