import * as l10n from '@vscode/l10n';
import { otherSide, type Side } from '../../trees/entry';
import type { SyncPlan } from '../schema';
import { octalEscaped, shellWord } from './quoted';
import type { PlanText } from './rsync';

/** The paths that are copied to that side, as GNU tar reads them with -T. Pure. */
export function tarList({ places, steps }: SyncPlan, to: Side): PlanText {
  const some = steps.filter((step) => step.to === to);
  const copied = some.filter(({ action }) => action !== 'delete').map(({ path }) => path);
  const deletes = some.length - copied.length;
  const source = places[otherSide(to)];
  return {
    to,
    // With ./ before it no name is taken for an option.
    text: copied
      .sort()
      .map((path) => `./${octalEscaped(path, '\\')}\n`)
      .join(''),
    notes: [
      l10n.t('On {0}: tar -cf FILE.tar --no-recursion -C {1} -T LIST', source.machine, shellWord(source.path)),
      ...(deletes === 0 ? [] : [l10n.t('What is deleted ({0}) is not in the list.', deletes)]),
    ],
  };
}
