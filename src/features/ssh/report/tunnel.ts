import * as l10n from '@vscode/l10n';
import type { Action, Block, Cell, Column, Fact, Report, Status, TableBlock } from '../../../report/model';
import { localUrl } from '../core/tunnel/addresses';
import type { TunnelResult, TunnelsResult } from '../core/tunnel/schema';
import { endText, kindText, phaseText, tunnelText, wayText } from './tunnelWords';

/** Which tunnels are open, where they lead, and what has gone through them. */
export function tunnelsReport(result: TunnelsResult): Report {
  const { host, tunnels } = result;
  const [only] = tunnels;
  return {
    title: l10n.t('Tunnels through {0}', host),
    verdict: tunnels.length === 1 && only !== undefined ? oneVerdict(only, host) : manyVerdict(result),
    status: statusOf(tunnels),
    blocks: [
      ...(tunnels.length === 1 && only !== undefined ? [factsOf(only, host)] : [tunnelsTable(tunnels)]),
      ...tunnels.flatMap((tunnel) => notesOf(tunnel, tunnels.length > 1)),
    ],
    actions: tunnels.flatMap(actionsOf),
  };
}

function oneVerdict(tunnel: TunnelResult, host: string): string {
  switch (tunnel.phase) {
    case 'open':
      return tunnelText(tunnel, host);
    case 'waiting':
      return l10n.t('Reconnecting to {0}: {1}', host, tunnel.reason);
    case 'closed':
      return l10n.t('The tunnel {0} is closed: {1}', wayText(tunnel), tunnel.reason);
  }
}

function manyVerdict({ host, tunnels }: TunnelsResult): string {
  const open = tunnels.filter(({ phase }) => phase === 'open').length;
  if (open === tunnels.length) return l10n.t('All {0} tunnels through {1} are open.', open, host);
  const reason = tunnels.find(({ phase }) => phase !== 'open')?.reason ?? '';
  return l10n.t('{0} of {1} tunnels through {2} are open: {3}', open, tunnels.length, host, reason);
}

function statusOf(tunnels: readonly TunnelResult[]): Status {
  if (tunnels.some(({ phase }) => phase === 'closed')) return 'error';
  return tunnels.some(({ phase, warnings }) => phase === 'waiting' || warnings.length > 0) ? 'warning' : 'ok';
}

function phaseCell({ phase }: TunnelResult): Cell {
  const status = phase === 'open' ? 'ok' : phase === 'waiting' ? 'warning' : 'error';
  return { text: phaseText(phase), status };
}

function factsOf(tunnel: TunnelResult, host: string): Block {
  const { kind, listen, target, openedAtMs, sinceMs, losses, lastFailure } = tunnel;
  const here = l10n.t('on this machine');
  const there = l10n.t('on {0}', host);
  const items: readonly Fact[] = [
    { label: l10n.t('State'), value: phaseCell(tunnel), note: kindText(kind) },
    { label: l10n.t('Listens On'), value: endText(listen), note: kind === 'remote' ? there : here, code: true },
    target === null
      ? { label: l10n.t('Leads To'), value: l10n.t('wherever a program asks for'), note: there }
      : { label: l10n.t('Leads To'), value: endText(target), note: seenBy(kind, host), code: true },
    { label: l10n.t('Connections'), value: tunnel.openConnections, note: totalText(tunnel) },
    { label: l10n.t('Sent'), value: tunnel.sentBytes, unit: 'bytes', note: l10n.t('towards the target') },
    { label: l10n.t('Received'), value: tunnel.receivedBytes, unit: 'bytes' },
    { label: l10n.t('Opened'), value: openedAtMs, unit: 'time' },
    ...(losses === 0 ? [] : [{ label: l10n.t('In This State Since'), value: sinceMs, unit: 'time' as const }]),
    ...(losses === 0 ? [] : [{ label: l10n.t('Connection Lost'), value: losses }]),
    ...(lastFailure === null ? [] : [{ label: l10n.t('Last Failure'), value: lastFailure.message }]),
    ...(lastFailure === null ? [] : [{ label: l10n.t('Failed At'), value: lastFailure.atMs, unit: 'time' as const }]),
  ];
  return { kind: 'facts', items };
}

function seenBy(kind: TunnelResult['kind'], host: string): string {
  return kind === 'remote' ? l10n.t('as this machine sees it') : l10n.t('as {0} sees it', host);
}

function totalText({ totalConnections }: TunnelResult): string {
  return l10n.t('{0} in all', totalConnections);
}

function tunnelsTable(tunnels: readonly TunnelResult[]): TableBlock {
  const columns: readonly Column[] = [
    { id: 'state', title: l10n.t('State') },
    { id: 'kind', title: l10n.t('Kind') },
    { id: 'listens', title: l10n.t('Listens On'), code: true },
    { id: 'target', title: l10n.t('Leads To'), code: true },
    { id: 'open', title: l10n.t('Connections'), unit: 'number' },
    { id: 'sent', title: l10n.t('Sent'), unit: 'bytes' },
    { id: 'received', title: l10n.t('Received'), unit: 'bytes' },
    { id: 'failure', title: l10n.t('Last Failure') },
    { id: 'total', title: l10n.t('Connections in All'), unit: 'number', hidden: true },
    { id: 'losses', title: l10n.t('Connection Lost'), unit: 'number', hidden: true },
    { id: 'since', title: l10n.t('In This State Since'), unit: 'time', hidden: true },
  ];
  return {
    kind: 'table',
    id: 'tunnels',
    columns,
    rows: tunnels.map((tunnel) => [
      phaseCell(tunnel),
      kindText(tunnel.kind),
      endText(tunnel.listen),
      tunnel.target === null ? null : endText(tunnel.target),
      tunnel.openConnections,
      tunnel.sentBytes,
      tunnel.receivedBytes,
      tunnel.lastFailure?.message ?? null,
      tunnel.totalConnections,
      tunnel.losses,
      tunnel.sinceMs,
    ]),
    rowKeys: tunnels.map(({ kind }, index) => `${kind}:${index}`),
  };
}

function notesOf(tunnel: TunnelResult, named: boolean): readonly Block[] {
  return tunnel.warnings.map((warning) => ({
    kind: 'text',
    style: 'note',
    status: 'warning',
    text: named ? l10n.t('{0}: {1}', wayText(tunnel), warning) : warning,
  }));
}

function actionsOf(tunnel: TunnelResult): readonly Action[] {
  const { kind, listen } = tunnel;
  const url = localUrl(tunnel);
  if (kind === 'remote') return [];
  return [
    { kind: 'copy', label: l10n.t('Copy {0}', endText(listen)), text: listen.text },
    ...(url === null ? [] : [{ kind: 'open' as const, label: l10n.t('Open {0}', url), url }]),
  ];
}
