import type { Report } from '../../../report/model';
import type { ProcessesResult } from '../core/processes/schema';
import { factsBlock, notes } from './processes/facts';
import { processTable } from './processes/table';
import { titleText } from './processes/title';
import { statusOf, verdictText } from './processes/verdict';
import { createWords } from './words';

/** The table first: who opens a list of processes looks for one. */
export function report(result: ProcessesResult): Report {
  const words = createWords();
  return {
    title: titleText(result, words),
    verdict: verdictText(result, words),
    status: statusOf(result),
    blocks: [processTable(result), ...notes(result), factsBlock(result)],
  };
}
