import * as l10n from '@vscode/l10n';
import { createFormatter } from '../../../report/format';
import type { Block, Cell, Phase, Report, Status } from '../../../report/model';
import { conclude, isWeak, type Conclusion } from '../core/check/conclusion';
import type { CheckedHop, CheckedStep, CheckResult } from '../core/check/schema';

export function checkReport(result: CheckResult): Report {
  const conclusion = conclude(result);
  return {
    title: l10n.t('Connection to {0}', result.host),
    verdict: verdictOf(result.host, conclusion),
    status: statusOf(conclusion),
    blocks: [
      ...(result.hops.length > 0 ? [timelineOf(result)] : []),
      ...result.hops.flatMap((hop) => hopBlocks(hop, result.hops.length > 1)),
    ],
    actions: [{ kind: 'tool', label: l10n.t('Show Known Hosts'), tool: 'ssh.knownHosts', input: {} }],
  };
}

function statusOf({ kind }: Conclusion): Status {
  switch (kind) {
    case 'reached':
      return 'ok';
    case 'slow-shell':
    case 'weak':
      return 'warning';
    default:
      return 'error';
  }
}

function verdictOf(host: string, conclusion: Conclusion): string {
  const time = (ms: number): string => createFormatter({ locale: 'en' }).value(ms, 'milliseconds');
  switch (conclusion.kind) {
    case 'reached':
      return l10n.t('{0} is reached in {1}.', host, time(conclusion.elapsedMs));
    case 'slow-shell':
      return l10n.t(
        '{0} is reached, but {1} of {2} is its login shell: look at what its start-up files do.',
        host,
        time(conclusion.shellMs),
        time(conclusion.elapsedMs),
      );
    case 'weak':
      return l10n.t('{0} is reached, but only with old algorithms: {1}.', host, conclusion.names.join(', '));
    case 'refused-keys':
      return refusedText(conclusion.hop, conclusion.offered);
    case 'no-credential':
      return l10n.t(
        'No key could be offered to {0} without asking; the server accepts {1}.',
        conclusion.hop.name,
        methodsOf(conclusion.hop),
      );
    case 'failed':
      return conclusion.step.message === ''
        ? l10n.t('{0} was not reached: {1}.', conclusion.hop.name, stepName(conclusion.step.kind))
        : conclusion.step.message;
    case 'nothing':
      return l10n.t('{0} was not looked at.', host);
  }
}

function refusedText(hop: CheckedHop, offered: readonly string[]): string {
  return offered.length === 1
    ? l10n.t(
        'The key {0} is offered to {1} but refused; the server accepts {2}.',
        offered[0] ?? '',
        hop.name,
        methodsOf(hop),
      )
    : l10n.t(
        '{0} keys are offered to {1} but refused; the server accepts {2}.',
        offered.length,
        hop.name,
        methodsOf(hop),
      );
}

function methodsOf({ accepted }: CheckedHop): string {
  if (accepted === null || accepted.length === 0) return l10n.t('nothing that it told');
  return accepted.length === 1 ? l10n.t('only {0}', accepted[0] ?? '') : accepted.join(', ');
}

function timelineOf({ hops }: CheckResult): Block {
  let start = 0;
  const phases: Phase[] = [];
  for (const hop of hops) {
    for (const step of hop.steps) {
      const label = hops.length > 1 ? `${hop.name}: ${stepName(step.kind)}` : stepName(step.kind);
      const status: Status | undefined = step.state === 'failed' ? 'error' : undefined;
      const note = step.message === '' ? {} : { note: step.message };
      phases.push({ label, start, duration: step.elapsedMs, ...(status === undefined ? {} : { status }), ...note });
      start += step.elapsedMs;
    }
  }
  return { kind: 'timeline', title: l10n.t('How It Came About'), unit: 'milliseconds', phases };
}

function stepName(kind: CheckedStep['kind']): string {
  switch (kind) {
    case 'name':
      return l10n.t('Name');
    case 'tcp':
      return l10n.t('TCP connection');
    case 'banner':
      return l10n.t('Greeting of the server');
    case 'key-exchange':
      return l10n.t('Key exchange');
    case 'host-key':
      return l10n.t('Host key');
    case 'authentication':
      return l10n.t('Authentication');
    case 'channel':
      return l10n.t('Session');
    case 'shell':
      return l10n.t('Login shell');
  }
}

function hopBlocks(hop: CheckedHop, several: boolean): readonly Block[] {
  const blocks: readonly Block[] = [factsOf(hop), ...(hop.tries.length > 0 ? [triesOf(hop)] : []), ...offerOf(hop)];
  return several ? [{ kind: 'section', title: hop.name, blocks }] : blocks;
}

function factsOf({ address, port, user, by, banner, algorithms, hostKey, accepted }: CheckedHop): Block {
  const weak = (name: string): Cell => (isWeak(name) ? { text: name, status: 'warning' } : name);
  return {
    kind: 'facts',
    items: [
      { label: l10n.t('Address'), value: `${address}:${port}`, code: true },
      { label: l10n.t('User'), value: user },
      { label: l10n.t('Logged in by'), ...transportOf(by) },
      { label: l10n.t('Server'), value: banner, code: true },
      ...(hostKey === null
        ? []
        : [{ label: l10n.t('Host key'), value: hostKeyCell(hostKey), note: `${hostKey.type} ${hostKey.sha256}` }]),
      ...(algorithms === null
        ? []
        : [
            { label: l10n.t('Key exchange'), value: weak(algorithms.kex), code: true },
            { label: l10n.t('Cipher'), value: weak(algorithms.cipher), code: true },
            // An AEAD cipher has its own.
            {
              label: l10n.t('MAC'),
              value: algorithms.mac === '' ? l10n.t('part of the cipher') : weak(algorithms.mac),
            },
          ]),
      ...(accepted === null ? [] : [{ label: l10n.t('Accepts'), value: accepted.join(', ') }]),
    ],
  };
}

function transportOf({ transport, reason }: CheckedHop['by']): { readonly value: string; readonly note?: string } {
  return transport === 'ssh2'
    ? { value: l10n.t('the built-in SSH') }
    : { value: l10n.t('the ssh of this computer'), note: reason };
}

function hostKeyCell({ verdict }: NonNullable<CheckedHop['hostKey']>): Cell {
  switch (verdict) {
    case 'known':
      return { text: l10n.t('known'), status: 'ok' };
    case 'certified':
      return { text: l10n.t('certified'), status: 'ok' };
    case 'unknown':
      return { text: l10n.t('not known yet'), status: 'warning' };
    case 'changed':
      return { text: l10n.t('another one than is known'), status: 'error' };
    case 'revoked':
      return { text: l10n.t('revoked'), status: 'error' };
    case 'unchecked':
      return { text: l10n.t('not checked'), status: 'unknown' };
  }
}

function triesOf({ name, tries }: CheckedHop): Block {
  return {
    kind: 'table',
    id: `tries-${name}`,
    title: l10n.t('Ways to Log In That Were Tried'),
    columns: [
      { id: 'method', title: l10n.t('Method') },
      { id: 'credential', title: l10n.t('With'), code: true },
      { id: 'outcome', title: l10n.t('Outcome') },
      { id: 'message', title: l10n.t('Why') },
    ],
    rows: tries.map(({ method, credential, outcome, message }) => [method, credential, outcomeCell(outcome), message]),
  };
}

function outcomeCell(outcome: CheckedHop['tries'][number]['outcome']): Cell {
  switch (outcome) {
    case 'accepted':
      return { text: l10n.t('accepted'), status: 'ok' };
    case 'partial':
      return { text: l10n.t('accepted, more is needed'), status: 'info' };
    case 'refused':
      return { text: l10n.t('refused'), status: 'error' };
    case 'skipped':
      return { text: l10n.t('not tried'), status: 'unknown' };
  }
}

function offerOf({ name, offered }: CheckedHop): readonly Block[] {
  if (offered === null) return [];
  const kinds = [
    [l10n.t('Key exchange'), offered.kex],
    [l10n.t('Host key'), offered.hostKey],
    [l10n.t('Cipher'), offered.ciphers],
    [l10n.t('MAC'), offered.macs],
  ] as const;
  return [
    {
      kind: 'table',
      id: `offer-${name}`,
      title: l10n.t('What the Server Offers'),
      columns: [
        { id: 'kind', title: l10n.t('Kind') },
        { id: 'name', title: l10n.t('Name'), code: true },
        { id: 'judgement', title: l10n.t('Judgement') },
      ],
      rows: kinds.flatMap(([kind, names]) =>
        names.map((one): Cell[] => [kind, one, isWeak(one) ? { text: l10n.t('old, weak'), status: 'warning' } : '']),
      ),
    },
  ];
}
