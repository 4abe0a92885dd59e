import type { Candidate } from './reading';
import type { ProcessesResult } from './schema';

/** Over all processes, also those that the query leaves out. */
export function countsOf(candidates: Iterable<Candidate>): Pick<ProcessesResult, 'total' | 'states' | 'threads'> {
  const states: ProcessesResult['states'] = {};
  let [total, threads] = [0, 0];
  for (const { stat } of candidates) {
    total++;
    threads += stat.threads;
    states[stat.state] = (states[stat.state] ?? 0) + 1;
  }
  return { total, states, threads };
}
