import * as nodePath from 'node:path';
import type { Machine } from '../../../../machine/machine';
import { localName } from '../../../../machine/machines';

/** A file or folder on a machine. */
export interface Place {
  /** null: the machine of the tool. */
  readonly machine: string | null;
  readonly path: string;
}

/** A host or [address], with a user before and a port after it. */
const ON_MACHINE = /^((?:[^@:/\\\s]+@)?(?:\[[^\]/]+\]|[^:/\\[\]@]{2,})(?::\d+(?=:))?):(.*)$/s;

/** 'HOST:/path' as scp(1) has it; a drive letter of Windows is no host, nor is anything with a slash before the colon. */
export function parsePlace(text: string): Place {
  const [, host, path] = ON_MACHINE.exec(text) ?? [];
  if (host === undefined || path === undefined) return { machine: null, path: text };
  return { machine: host.replace(/^\[([^\]]+)\]$/, '$1'), path: path === '' ? '.' : path };
}

/** The text that parsePlace makes a place of. */
export function placeText(machine: string, path: string): string {
  if (machine === localName) return path;
  const text = `${machine}:${path}`;
  return parsePlace(text).machine === machine ? text : `[${machine}]:${path}`;
}

/**
 * A path as MachineFiles.resolve takes it. On this machine relative paths start where the program runs; over there at
 * the home folder.
 */
export function pathOn(machine: Machine, path: string): string {
  if (path.startsWith('~/') || path === '~') return path.slice(2);
  return machine.name === localName ? nodePath.resolve(path) : path;
}
