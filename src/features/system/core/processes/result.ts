import type { Candidate } from './reading';
import type { ProcessesResult } from './schema';

/** Over all processes, also those that the query leaves out. */
export function countsOf(candidates: Iterable<Candidate>): Pick<ProcessesResult, 'total' | 'states' | 'threads'> {
  const states: ProcessesResult['states'] = {};
  let [total, threads] = [0, 0];
  for (const { entry } of candidates) {
    total++;
    threads += entry.threads ?? 0;
    states[entry.state] = (states[entry.state] ?? 0) + 1;
  }
  return { total, states, threads };
}
