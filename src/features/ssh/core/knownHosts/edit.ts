import * as l10n from '@vscode/l10n';
import { decodePath, shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { keyFingerprint } from '../../../../machine/ssh/keys/publicKey';
import { hashName } from '../../../../machine/ssh/knownHosts/hashedName';
import { lowerCase, matchesName } from '../../../../machine/ssh/knownHosts/names';
import { parseLine, type KnownHostEntry, type KnownHostLine } from '../../../../machine/ssh/knownHosts/parse';
import { digestOf, isBackupOf, readLines, replaceLines, requireUnchanged, type EditedFile } from '../keys/editedFile';
import { expandHome, sshFolder, within } from '../keys/sshFolder';
import type { ForgetHostInput, HashKnownHostsInput, RestoreKnownHostsInput } from './inputs';
import { lineDigest } from './list';
import { wantedName } from './names';
import type { ChangedLine, HostEditResult } from './schema';

/** What is to be done to a file, found out and not done. */
export interface HostEdit {
  readonly file: EditedFile;
  readonly changed: readonly ChangedLine[];
  /** Lines that stand for more than the host. */
  readonly patterns: readonly number[];
  readonly lines: readonly string[];
  readonly kept: number;
}

/** Throws ExpectedError: 'missing', 'not-found', 'changed'. */
export async function planForget(input: ForgetHostInput, machine: Machine, signal: AbortSignal): Promise<HostEdit> {
  const file = await openFile(input, machine, signal);
  const chosen = input.line === undefined ? aboutHost(file, input.host ?? '') : [oneLine(file, input.line, input)];
  const numbers = new Set(chosen.map(({ line }) => line));
  return {
    file,
    changed: chosen.map(changedLine),
    patterns: chosen.filter(({ hosts }) => /[*?!]/.test(hosts)).map(({ line }) => line),
    lines: file.lines.filter((_, index) => !numbers.has(index + 1)),
    kept: 0,
  };
}

/** As ssh-keygen -H hashes; lines that it refuses are kept instead. Throws ExpectedError. */
export async function planHash(input: HashKnownHostsInput, machine: Machine, signal: AbortSignal): Promise<HostEdit> {
  const file = await openFile(input, machine, signal);
  const parsed = file.lines.map((text, index) => parseLine(text, { file: file.path, line: index + 1 }));
  const changed = parsed.filter(isHashable);
  const plain = parsed.filter((line) => line !== null && !line.hosts.startsWith('|'));
  if (changed.length === 0) {
    throw new ExpectedError('not-found', l10n.t('{0} has no plain names to hash.', shownPath(file.path)));
  }
  const lines = file.lines.flatMap((text, index) => {
    const line = parsed[index] ?? null;
    return isHashable(line) ? hashedLines(line, text) : [text];
  });
  return { file, changed: changed.map(changedLine), patterns: [], lines, kept: plain.length - changed.length };
}

export async function carryOut(
  action: 'forget' | 'hash',
  edit: HostEdit,
  machine: Machine,
  signal: AbortSignal,
): Promise<HostEditResult> {
  const { backup, digest } = await replaceLines(machine, edit.file, edit.lines, signal);
  const { changed, kept, file } = edit;
  return { machine: machine.name, action, file: file.path, backup, digest, lines: [...changed], kept };
}

/** The file as it is now, and what the backup has. Throws ExpectedError: 'missing', 'changed', 'invalid-input'. */
export async function planRestore(
  input: RestoreKnownHostsInput,
  machine: Machine,
  signal: AbortSignal,
): Promise<{ readonly content: Uint8Array; readonly lineCount: number }> {
  if (!isBackupOf(input.backup, input.file)) {
    const message = l10n.t('{0} is no backup of {1}.', shownPath(input.backup), shownPath(input.file));
    throw new ExpectedError('invalid-input', message);
  }
  requireUnchanged(await readLines(machine, input.file, signal), input.digest);
  const content = await machine.files.read(input.backup, { signal });
  return {
    content,
    lineCount: decodePath(content)
      .split('\n')
      .filter((text) => text.trim() !== '').length,
  };
}

export async function restore(
  input: RestoreKnownHostsInput,
  machine: Machine,
  signal: AbortSignal,
): Promise<HostEditResult> {
  const { content } = await planRestore(input, machine, signal);
  await machine.files.write(input.file, content, { signal, mode: 0o600 });
  const { file, backup } = input;
  return { machine: machine.name, action: 'restore', file, backup, digest: digestOf(content), lines: [], kept: 0 };
}

async function openFile(
  input: { readonly file?: string | undefined; readonly digest?: string | undefined },
  machine: Machine,
  signal: AbortSignal,
): Promise<EditedFile> {
  const path =
    input.file === undefined
      ? within(await sshFolder(machine, signal), 'known_hosts')
      : await expandHome(machine, input.file, signal);
  const file = await readLines(machine, path, signal);
  requireUnchanged(file, input.digest);
  return file;
}

/** The lines that ssh-keygen -R removes: all that match, but none of an authority and none that revokes. */
function aboutHost(file: EditedFile, host: string): readonly KnownHostEntry[] {
  const name = wantedName(host);
  const lines = file.lines.flatMap((text, index) => {
    const line = parseLine(text, { file: file.path, line: index + 1 });
    return line?.kind === 'entry' && line.marker === null && matchesName(line, name) ? [line] : [];
  });
  if (lines.length > 0) return lines;
  throw new ExpectedError('not-found', l10n.t('No line of {0} has a key of {1}.', shownPath(file.path), name));
}

function oneLine(file: EditedFile, number: number, { lineDigest: wanted }: ForgetHostInput): KnownHostLine {
  const text = file.lines[number - 1];
  const line = text === undefined ? null : parseLine(text, { file: file.path, line: number });
  if (line !== null && (wanted === undefined || wanted === lineDigest(text ?? ''))) return line;
  const message = l10n.t('Line {0} of {1} is another one now. Look at the file again.', number, shownPath(file.path));
  throw new ExpectedError('changed', message);
}

function changedLine(line: KnownHostLine): ChangedLine {
  const key = line.kind === 'entry' ? `${line.key.label} ${keyFingerprint(line.key)}` : '';
  return { line: line.line, hosts: line.hosts, key };
}

function isHashable(line: KnownHostLine | null): line is KnownHostEntry {
  return line?.kind === 'entry' && line.marker === null && line.hashed === null && !/[*?!]/.test(line.hosts);
}

/** One line a name: a hash has room for one. */
function hashedLines({ hosts }: KnownHostEntry, text: string): readonly string[] {
  const rest = text.slice(text.indexOf(hosts) + hosts.length).replace(/^[ \t]+/, '');
  const names = lowerCase(hosts)
    .split(',')
    .filter((name) => name !== '');
  return names.map((name) => `${hashName(name)} ${rest}`);
}
