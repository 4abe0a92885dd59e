import * as l10n from '@vscode/l10n';
import type { Report } from '../../../report/model';
import type { SystemOverview } from '../core/overview/schema/overview';
import { charts } from './overview/charts';
import { limitsSection } from './overview/controlGroup';
import { mainFacts } from './overview/facts';
import { memorySection } from './overview/memory';
import { interfacesSection } from './overview/network';
import { cpuSection, pressureSection } from './overview/processor';
import { problemsSection, sensorsSection, usersSection } from './overview/rest';
import { disksSection, fileSystemsSection } from './overview/storage';
import { verdictText } from './overview/verdict';
import { createWords } from './words';
import { machineName } from '../core/machineName';

/** What matters first: the facts at a glance, what has been going on, then each part by itself. */
export function report(overview: SystemOverview): Report {
  const words = createWords();
  const sections = [
    fileSystemsSection(overview, words),
    cpuSection(overview, words),
    memorySection(overview, words),
    disksSection(overview, words),
    interfacesSection(overview, words),
    pressureSection(overview, words),
    limitsSection(overview, words),
    sensorsSection(overview, words),
    usersSection(overview, words),
    problemsSection(overview),
  ];
  return {
    title: l10n.t('System overview of {0}', machineName(overview.machine)),
    verdict: verdictText(overview, words),
    status: overview.status,
    blocks: [mainFacts(overview, words), ...charts(overview), ...sections.filter((section) => section !== null)],
  };
}
