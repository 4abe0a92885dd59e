import * as l10n from '@vscode/l10n';
import { durationText } from '../../core/figures';
import { isListening } from '../../core/sockets/answer';
import type { SocketEntry, SocketOwner, SocketsResult } from '../../core/sockets/schema';
import { endpointText } from './words';
import { machineName } from '../../core/machineName';
import { whom } from '../processWords';

/** So many addresses and processes are named. */
const TOLD = 3;

/** Who has the port, in one sentence. */
export function portVerdict(result: SocketsResult): string {
  const port = result.filter.port ?? 0;
  const { machine, answer } = result;
  switch (answer?.outcome) {
    case 'taken':
      return takenText(result, port);
    case 'denied':
      return deniedText(result, port);
    case 'in-use':
      return inUseText(result, port);
    case 'leftover':
      return leftoverText(result, port);
    case 'elsewhere':
      return l10n.t('Port {0} is free on {1} itself, but {2}.', port, machineName(machine), elsewhereText(result));
    case 'free':
    case undefined:
      return result.deniedProcesses > 0 && result.filter.namespaces
        ? l10n.t(
            'Nobody has port {0} on {1}: it is free. Containers of other users can only be looked into by root.',
            port,
            machineName(machine),
          )
        : l10n.t('Nobody has port {0} on {1}: it is free.', port, machineName(machine));
  }
}

function takenText(result: SocketsResult, port: number): string {
  const listeners = result.sockets.filter((one) => one.namespace === null && isListening(one));
  const where = l10n.t('Port {0} ({1})', port, protocolsText(listeners));
  const at = addressesText(listeners);
  const owners = ownersOf(listeners);
  const [first] = owners;
  const taken =
    first === undefined
      ? l10n.t(
          '{0} on {1} is taken at {2}, but by no process that can be seen there: the kernel itself has it, or a process outside of this container',
          where,
          machineName(result.machine),
          at,
        )
      : l10n.t(
          '{0} on {1} belongs to {2}, listening at {3}',
          where,
          machineName(result.machine),
          ownersText(owners, first, result.takenAtMs),
          at,
        );
  const others = result.sockets.some((one) => one.namespace !== null);
  return others ? l10n.t('{0}; also {1}.', taken, elsewhereText(result)) : l10n.t('{0}.', taken);
}

function ownersText(owners: readonly SocketOwner[], first: SocketOwner, nowMs: number): string {
  const one = aboutText(first, nowMs);
  if (owners.length === 1) return one;
  return owners.length === 2
    ? l10n.t('{0}, and 1 more process', one)
    : l10n.t('{0}, and {1} more processes', one, owners.length - 1);
}

/** 'node (PID 4711) of alice, started 3 d 4 h ago'. */
function aboutText(owner: SocketOwner, nowMs: number): string {
  const name = whom(owner.name, owner.pid);
  const user = owner.user === null ? name : l10n.t('{0} of user {1}', name, owner.user);
  if (owner.startedAtMs === null) return user;
  const age = durationText(Math.max(0, (nowMs - owner.startedAtMs) / 1000));
  return l10n.t('{0}, started {1} ago', user, age);
}

function deniedText(result: SocketsResult, port: number): string {
  const socket = result.sockets.find((one) => one.namespace === null && one.owner === 'denied');
  return l10n.t(
    'Port {0} on {1} is taken at {2} by a process of user {3}; which one may only be seen by that user or root.',
    port,
    machineName(result.machine),
    socket === undefined ? '*' : endpointText(socket.localAddress ?? '', null),
    socket?.user ?? '?',
  );
}

function inUseText(result: SocketsResult, port: number): string {
  const used = result.sockets.filter((one) => one.namespace === null && one.owner === 'known');
  const owners = ownersOf(used);
  const [first] = owners;
  const [socket] = used;
  const peer = socket?.remoteAddress == null ? '' : endpointText(socket.remoteAddress, socket.remotePort);
  return l10n.t(
    'Nobody listens on port {0} of {1}, but {2} uses it for a connection with {3}.',
    port,
    machineName(result.machine),
    first === undefined ? '?' : ownersText(owners, first, result.takenAtMs),
    peer,
  );
}

function leftoverText(result: SocketsResult, port: number): string {
  const count = result.sockets.filter((one) => one.namespace === null).length;
  const leftMs = result.answer?.leftMs ?? null;
  const what = count === 1 ? l10n.t('1 closed connection') : l10n.t('{0} closed connections', count);
  return leftMs === null
    ? l10n.t(
        'No process has port {0} of {1} any more, but it is still held by {2}: without SO_REUSEADDR it cannot be bound yet.',
        port,
        machineName(result.machine),
        what,
      )
    : l10n.t(
        'No process has port {0} of {1} any more, but it is still held by {2}, for {3}: without SO_REUSEADDR it cannot be bound before.',
        port,
        machineName(result.machine),
        what,
        durationText(Math.ceil(leftMs / 1000)),
      );
}

/** The first that is found in another network namespace. */
function elsewhereText(result: SocketsResult): string {
  const others = result.sockets.filter((one) => one.namespace !== null);
  const socket = others.find(isListening) ?? others[0];
  const owner = socket?.owners[0];
  const who = owner === undefined ? l10n.t('an unknown process') : aboutText(owner, result.takenAtMs);
  const container = owner?.container ?? null;
  return container === null
    ? l10n.t('{0} has it in network namespace {1}', who, socket?.namespace ?? '?')
    : l10n.t('{0} has it in container {1}', who, shortId(container));
}

/** As docker ps shows it. */
function shortId(container: string): string {
  return /^[0-9a-f]{64}$/.test(container) ? container.slice(0, 12) : container;
}

function protocolsText(sockets: readonly SocketEntry[]): string {
  return [...new Set(sockets.map(({ protocol }) => protocol.toUpperCase()))].join(', ');
}

function addressesText(sockets: readonly SocketEntry[]): string {
  const all = [...new Set(sockets.map(({ localAddress }) => localAddress ?? ''))];
  const told = all.slice(0, TOLD).join(l10n.t(', '));
  return all.length > TOLD ? l10n.t('{0} and {1} more', told, all.length - TOLD) : told;
}

/** Each process once, by pid. */
function ownersOf(sockets: readonly SocketEntry[]): readonly SocketOwner[] {
  const owners = new Map(sockets.flatMap((one) => one.owners).map((owner) => [owner.pid, owner]));
  return [...owners.values()].sort((one, other) => one.pid - other.pid);
}
