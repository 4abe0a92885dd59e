import * as l10n from '@vscode/l10n';
import type { Report } from '../../report/model';
import type { SystemOverview } from './core/schema/overview';
import { charts } from './report/charts';
import { limitsSection } from './report/controlGroup';
import { mainFacts } from './report/facts';
import { memorySection } from './report/memory';
import { interfacesSection } from './report/network';
import { cpuSection, pressureSection } from './report/processor';
import { problemsSection, sensorsSection, usersSection } from './report/rest';
import { disksSection, fileSystemsSection } from './report/storage';
import { verdictText } from './report/verdict';
import { createWords } from './report/words';

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
    title: l10n.t('System overview of {0}', overview.host.name ?? overview.machine),
    verdict: verdictText(overview, words),
    status: overview.status,
    blocks: [mainFacts(overview, words), ...charts(overview), ...sections.filter((section) => section !== null)],
  };
}
