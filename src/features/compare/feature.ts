import * as l10n from '@vscode/l10n';
import type { EditorHost, FeatureFactory } from '../../editor/feature';
import { ComparisonDesk } from './editor/desk';
import { keepForm } from './editor/keepForm';
import { reportOfDiff, selectionWithClipboard, withClipboard } from './editor/texts';
import type { manifest } from './manifest';

type Commands = ReturnType<FeatureFactory<typeof manifest>>['commands'];

export const createFeature: FeatureFactory<typeof manifest> = (host) => {
  const desk = new ComparisonDesk(host);
  return {
    commands: commandsOf(host, desk),
    views: { 'opsdeck.comparison': (tree) => desk.show(tree) },
    terminalProfiles: {},
    fileSystems: {},
    backgrounds: {},
  };
};

function commandsOf(host: EditorHost, desk: ComparisonDesk): Commands {
  const { explorer, comparison, taking } = desk;
  const attempt =
    (action: (...args: readonly unknown[]) => unknown) =>
    (...args: readonly unknown[]) =>
      host.attempt(l10n.t('Comparison'), async () => void (await action(...args)));
  return {
    'opsdeck.compare.folders': attempt(() => desk.ask()),
    'opsdeck.compare.history': attempt(() => desk.askPast()),
    'opsdeck.compare.swap': attempt(() => desk.swap()),
    'opsdeck.compare.again': attempt(() => desk.again()),
    'opsdeck.compare.cancel': attempt(() => comparison.cancel()),
    'opsdeck.compare.close': attempt(() => comparison.close()),
    'opsdeck.compare.options': attempt(() => desk.setOptions()),
    'opsdeck.compare.showSame': attempt(() => desk.setIdentical(true)),
    'opsdeck.compare.hideSame': attempt(() => desk.setIdentical(false)),
    'opsdeck.compare.asTree': attempt(() => desk.setLayout('tree')),
    'opsdeck.compare.asList': attempt(() => desk.setLayout('list')),
    'opsdeck.compare.report': attempt(() => desk.report()),
    'opsdeck.compare.openAll': attempt((node) => desk.openAll(node)),
    'opsdeck.compare.open': attempt((node) => desk.open(node)),
    'opsdeck.compare.openLeft': attempt((node) => desk.openSide(node, 'left')),
    'opsdeck.compare.openRight': attempt((node) => desk.openSide(node, 'right')),
    'opsdeck.compare.reveal': attempt((node) => desk.reveal(node)),
    'opsdeck.compare.reportRow': attempt((node) => desk.reportRow(node)),
    'opsdeck.compare.exclude': attempt((node, selection) => desk.exclude(node, selection)),
    'opsdeck.compare.renew': attempt((node, selection) => desk.renew(node, selection)),
    'opsdeck.compare.copyPath': attempt((node, selection) => desk.copyPath(node, selection)),
    'opsdeck.compare.takeLeft': attempt((node, selection) => taking.take(desk.nodesOf(node, selection), 'left')),
    'opsdeck.compare.takeRight': attempt((node, selection) => taking.take(desk.nodesOf(node, selection), 'right')),
    'opsdeck.compare.delete': attempt((node, selection) => taking.remove(desk.nodesOf(node, selection))),
    'opsdeck.compare.synchronize': attempt(() => taking.synchronize()),
    'opsdeck.compare.tryPatch': attempt((clicked) => desk.tryPatch(clicked)),
    'opsdeck.compare.select': attempt((clicked) => explorer.select(clicked)),
    'opsdeck.compare.withSelected': attempt((clicked) => explorer.withSelected(clicked)),
    'opsdeck.compare.both': attempt((clicked, selection) => explorer.both(clicked, selection)),
    'opsdeck.compare.withArchive': attempt((clicked) => explorer.withArchive(clicked)),
    'opsdeck.compare.withRevision': attempt((clicked) => explorer.withRevision(clicked)),
    'opsdeck.compare.withClipboard': attempt((clicked) => withClipboard(host, clicked)),
    'opsdeck.compare.selectionWithClipboard': attempt(() => selectionWithClipboard(host)),
    'opsdeck.compare.reportOfDiff': attempt(() => reportOfDiff()),
    'opsdeck.compare.keepForm': attempt(() => keepForm()),
  };
}
