import * as l10n from '@vscode/l10n';
import { createFormatter } from '../../../report/format';
import type { Block, Cell, Column, Fact, FactsBlock, Report, RowMenu, TableBlock } from '../../../report/model';
import type { UsersResult, UserSession } from '../core/users/schema';
import { column, hidden, markedCell, table } from './table';
import { failedBlocks, loginsBlocks } from './users/history';
import { machineName } from '../core/machineName';

export function usersReport(result: UsersResult): Report {
  const blocks: readonly (Block | null)[] = [
    // The verdict says why there is no list.
    result.unavailable === null ? sessionsTable(result) : null,
    recordNote(result),
    hostFacts(result),
    ...failedBlocks(result),
    ...loginsBlocks(result),
  ];
  return {
    title: l10n.t('Users of {0}', machineName(result.machine)),
    verdict: verdictOf(result),
    status: result.source === null ? 'unknown' : 'info',
    blocks: blocks.filter((block) => block !== null),
  };
}

function verdictOf(result: UsersResult): string {
  const { uptimeSeconds, load, sessions, failedLogins } = result;
  if (result.unavailable !== null) return unavailableText(result.unavailable, failedText(failedLogins));
  const duration = createFormatter({ locale: 'en' }).cell(uptimeSeconds, 'seconds');
  const parts = [
    whoText(result),
    uptimeSeconds === null ? null : l10n.t('up {0}', duration),
    load === null ? null : l10n.t('load {0}', load.one.toFixed(2)),
    sessions.some((one) => one.ended) ? l10n.t('some records were left behind by sessions that have ended') : null,
    failedText(failedLogins),
  ];
  const sentence = parts.filter((part) => part !== null).join(l10n.t('; '));
  return l10n.t('{0}.', sentence);
}

function unavailableText(reason: string, failed: string | null): string {
  return failed === null ? reason : `${reason} ${l10n.t('In the log of logins: {0}.', failed)}`;
}

function whoText({ sessions, filter, machine }: UsersResult): string {
  const live = sessions.filter((one) => !one.ended);
  const host = machineName(machine);
  if (live.length === 0)
    return filter.user === null
      ? l10n.t('Nobody is logged in on {0}', host)
      : l10n.t('{0} is not logged in on {1}', filter.user, host);
  const people = [...new Set(live.map((one) => one.user))];
  const named = people.slice(0, 3).join(l10n.t(', '));
  const names = people.length > 3 ? l10n.t('{0} and {1} more', named, people.length - 3) : named;
  return live.length === 1
    ? l10n.t('1 session on {0}, of {1}', host, names)
    : l10n.t('{0} sessions on {1}, of {2}', live.length, host, names);
}

function failedText(failed: UsersResult['failedLogins']): string | null {
  if (failed === null || failed.entries.length === 0) return null;
  const sources = new Set(failed.entries.map((one) => one.host ?? one.terminal));
  return failed.entries.length === 1
    ? l10n.t('1 failed login is on record')
    : l10n.t('the last {0} failed logins came from {1} places', failed.entries.length, sources.size);
}

function sessionsTable(result: UsersResult): TableBlock {
  const rows = result.sessions.map(sessionRow);
  const keys = result.sessions.map((one) => `${one.terminal ?? ''} ${one.user} ${one.pid ?? ''}`);
  return {
    ...table('sessions', l10n.t('Logged In'), sessionColumns(result), rows, keys),
    empty: l10n.t('Nobody is logged in.'),
    menu: sessionMenu(result.sessions),
  };
}

function sessionColumns({ sessions }: UsersResult): readonly Column[] {
  const fromOutput = sessions.some((one) => one.idleFrom === 'output');
  const idle = fromOutput
    ? l10n.t('Since the last output on the terminal; the time of the last key is not known')
    : l10n.t('Since the last key on the terminal');
  return [
    column('user', l10n.t('User')),
    column('terminal', l10n.t('Terminal')),
    column('host', l10n.t('Logged in from')),
    column('since', l10n.t('Logged in since'), 'time'),
    column('idle', l10n.t('Idle'), 'seconds', idle),
    { ...column('front', l10n.t('In Front')), code: true, description: l10n.t('What runs in front on the terminal') },
    hidden(column('pid', l10n.t('PID'), 'plain', l10n.t('The process of the login'))),
    hidden(
      column('messages', l10n.t('Messages'), undefined, l10n.t('Whether others may write to the terminal (mesg)')),
    ),
    hidden(column('type', l10n.t('Kind'))),
    hidden(column('frontPid', l10n.t('PID in Front'), 'plain')),
  ];
}

function sessionRow(one: UserSession): readonly Cell[] {
  const left = l10n.t('{0} (ended)', one.user);
  return [
    one.ended ? markedCell(left, 'warning') : one.user,
    one.terminal,
    one.host,
    one.sinceMs,
    one.idleMs === null ? null : Math.round(one.idleMs / 1000),
    one.front?.commandLine.join(' ') ?? null,
    one.pid,
    one.messages === null ? null : one.messages ? l10n.t('yes') : l10n.t('no'),
    one.type,
    one.front?.pid ?? null,
  ];
}

function sessionMenu(sessions: readonly UserSession[]): RowMenu {
  return {
    actions: [
      { label: l10n.t('Show Process of the Login'), tool: 'system.process' },
      { label: l10n.t('End Session'), tool: 'system.terminate', group: true },
    ],
    inputs: sessions.map(({ pid, startTicks }) => (pid === null || startTicks === null ? null : { pid, startTicks })),
  };
}

function recordNote({ source }: UsersResult): Block | null {
  if (source !== 'loginctl') return null;
  const text = l10n.t('This system keeps no utmp; the sessions are those of systemd-logind.');
  return { kind: 'text', style: 'note', text };
}

function hostFacts(result: UsersResult): FactsBlock {
  const { load, runLevel, bootedAtMs, bootRecordMs, uptimeSeconds, waitingTerminals } = result;
  const averages = load === null ? null : [load.one, load.five, load.fifteen].map((one) => one.toFixed(2)).join('  ');
  const items: readonly (Fact | null)[] = [
    { label: l10n.t('Started'), value: bootedAtMs, unit: 'time' },
    bootRecordMs === null || differsLittle(bootRecordMs, bootedAtMs)
      ? null
      : { label: l10n.t('Start as recorded'), value: bootRecordMs, unit: 'time', note: l10n.t('by the clock of then') },
    { label: l10n.t('Uptime'), value: uptimeSeconds, unit: 'seconds' },
    { label: l10n.t('Load'), value: averages, note: l10n.t('over 1, 5 and 15 minutes') },
    runLevel === null ? null : runLevelFact(runLevel),
    waitingTerminals.length === 0
      ? null
      : { label: l10n.t('Login prompts'), value: waitingTerminals.join(l10n.t(', ')) },
    {
      label: l10n.t('Terminal of Opsdeck'),
      value: result.ownTerminal ?? l10n.t('none'),
      note: l10n.t('as tty prints it'),
    },
  ];
  return {
    kind: 'facts',
    items: items.filter((item) => item !== null && item.value !== null).map((item) => item as Fact),
  };
}

/** Two clocks that agree within a minute tell nothing by differing. */
function differsLittle(one: number, other: number | null): boolean {
  return other !== null && Math.abs(one - other) < 60_000;
}

function runLevelFact({ current, previous }: NonNullable<UsersResult['runLevel']>): Fact {
  const note = previous === null ? {} : { note: l10n.t('before that {0}', previous) };
  return { label: l10n.t('Run level'), value: current, ...note };
}
