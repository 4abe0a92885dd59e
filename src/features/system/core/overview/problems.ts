import * as l10n from '@vscode/l10n';
import { isFailure, type FileFailure, type FileTexts } from '../../../../machine/machine';
import type { Part, Problem } from './schema/overview';
import { isCutShort } from '../kernel/text';

/** Collects what could not be read; sources with the same trouble and the same consequence become one entry. */
export class ProblemList {
  private readonly problems: Problem[] = [];

  add(problem: Problem): void {
    const same = this.problems.findIndex(
      (one) => one.missing === problem.missing && one.reason === problem.reason && one.message === problem.message,
    );
    const known = this.problems[same];
    if (known === undefined) this.problems.push(problem);
    else if (!known.source.split(', ').includes(problem.source)) {
      this.problems[same] = { ...known, source: `${known.source}, ${problem.source}` };
    }
  }

  addFailure(source: string, failure: FileFailure, missing: Part): void {
    this.add({ source, reason: failure.code, message: failure.message, missing });
  }

  list(): readonly Problem[] {
    return [...this.problems];
  }
}

/** What `parse` makes of a file, and why there is nothing where there is nothing. */
export function partOf<T>(
  texts: FileTexts,
  source: string,
  missing: Part,
  parse: (text: string) => T | null,
  problems: ProblemList,
): T | null {
  const content = texts.get(source);
  if (content === undefined) return null;
  if (isFailure(content)) {
    problems.addFailure(source, content, missing);
    return null;
  }
  const value = parse(content);
  if (isCutShort(content)) {
    problems.add({ source, reason: 'cut-short', message: l10n.t('is cut short'), missing });
  } else if (value === null) {
    problems.add({ source, reason: 'malformed', message: l10n.t('is not in the expected form'), missing });
  }
  return value;
}
