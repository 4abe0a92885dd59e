import * as l10n from '@vscode/l10n';
import type { Report } from '../../../report/model';
import { visibleLine } from '../../../report/plainText';
import type { ProcessResult } from '../core/process/schema/process';
import { actionsOf } from './process/actions';
import { connectionsSection } from './process/connections';
import { environmentSection } from './process/environment';
import { mainFacts } from './process/facts';
import { filesSection } from './process/files';
import { limitsSection } from './process/limits';
import { mapsSection } from './process/maps';
import { memorySection } from './process/memory';
import { relativesSection } from './process/relatives';
import { securitySection } from './process/security';
import { schedulingSection, threadsSection } from './process/threads';
import { statusOf, verdictText } from './process/verdict';
import { createWords } from './words';
import { machineName } from '../core/machineName';

/** The facts first, then each part by itself: what somebody looks for when a process misbehaves stands on top. */
export function report(result: ProcessResult): Report {
  const words = createWords();
  const { process, machine, relatives } = result;
  const sections = [
    memorySection(result, words),
    filesSection(result, words),
    connectionsSection(result),
    threadsSection(result, words),
    schedulingSection(result, words),
    relativesSection(result, words),
    limitsSection(result),
    environmentSection(result),
    mapsSection(result, words),
    securitySection(result),
  ];
  return {
    title: l10n.t('{0} (PID {1}) on {2}', visibleLine(process.name), process.pid, machineName(machine)),
    verdict: verdictText(result, words),
    status: statusOf(result),
    blocks: [
      mainFacts(result, words, relatives.parents.length === 0 ? null : 0),
      ...sections.filter((section) => section !== null),
    ],
    actions: actionsOf(result),
  };
}
