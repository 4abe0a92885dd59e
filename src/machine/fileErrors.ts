import * as l10n from '@vscode/l10n';
import { shownPath } from '../lib/bytePath';
import { ExpectedError } from '../lib/errors';
import type { FileFailure, FileKind } from './machine';

/** What was to be done with the path, for the sentence. */
export type FileAction = 'read' | 'list' | 'write' | 'make' | 'rename' | 'remove' | 'change';

/** The codes of file errors that have a sentence of their own, the same for every machine. */
export type FileProblem =
  'missing' | 'denied' | 'exists' | 'not-empty' | 'disk-full' | 'not-a-folder' | 'is-a-folder' | 'read-only';

/** What was done to which path where; `machine` is Machine.name. */
export interface FileTask {
  readonly action: FileAction;
  readonly path: string;
  readonly machine: string;
}

/** A machine as sentences call it. */
export function machineWords(machine: string): string {
  return machine === 'local' ? l10n.t('this machine') : machine;
}

/** The error for a problem whose code says it all. */
export function fileProblem(problem: FileProblem, task: FileTask, options?: ErrorOptions): ExpectedError {
  return new ExpectedError(problem, problemText(problem, task), options);
}

function problemText(problem: FileProblem, task: FileTask): string {
  const [path, machine] = wordsOf(task);
  switch (problem) {
    case 'missing':
      return missingText(task.action, path, machine);
    case 'denied':
      return deniedText(task.action, path, machine);
    case 'exists':
      return l10n.t('{0} exists on {1} already. Choose another name, or remove it first.', path, machine);
    case 'not-empty':
      return l10n.t('The folder {0} on {1} is not empty. Remove what is in it first.', path, machine);
    case 'disk-full':
      return l10n.t(
        '{0} could not be written on {1}: the disk or the quota is full. Free some space there.',
        path,
        machine,
      );
    case 'not-a-folder':
      return l10n.t('{0} on {1} is not a folder. Choose a folder.', path, machine);
    case 'is-a-folder':
      return l10n.t('{0} on {1} is a folder, not a file. Choose a file.', path, machine);
    case 'read-only':
      return l10n.t(
        '{0} lies on a read-only file system of {1}. Choose another place, or mount it for writing.',
        path,
        machine,
      );
  }
}

function missingText(action: FileAction, path: string, machine: string): string {
  switch (action) {
    case 'write':
    case 'make':
      return l10n.t('The folder of {0} does not exist on {1}. Create it first.', path, machine);
    case 'rename':
      return l10n.t('{0} or the folder that it is to go to does not exist on {1}. Check both paths.', path, machine);
    case 'read':
    case 'list':
    case 'remove':
    case 'change':
      return l10n.t('{0} does not exist on {1}. Check the path.', path, machine);
  }
}

function deniedText(action: FileAction, path: string, machine: string): string {
  switch (action) {
    case 'read':
    case 'list':
      return l10n.t('{0} may not be read on {1}. Change its permissions, or use another account.', path, machine);
    case 'write':
      return l10n.t(
        '{0} may not be written on {1}. Change the permissions of the file and its folder, or use another account.',
        path,
        machine,
      );
    case 'make':
    case 'rename':
    case 'remove':
    case 'change':
      return l10n.t(
        '{0} may not be changed on {1}. Change the permissions of the file and its folder, or use another account.',
        path,
        machine,
      );
  }
}

/** 'failed': for what no code tells; `reason` are the system's words. */
export function failedFile(task: FileTask, reason: string, options?: ErrorOptions): ExpectedError {
  const [path, machine] = wordsOf(task);
  const reading = task.action === 'read' || task.action === 'list';
  const message = reading
    ? l10n.t('{0} could not be read on {1}: {2}. Check the disk or mount that holds it.', path, machine, reason)
    : task.action === 'write'
      ? l10n.t('{0} could not be written on {1}: {2}. Check the disk and its free space.', path, machine, reason)
      : l10n.t('{0} could not be changed on {1}: {2}. Look at it in its folder.', path, machine, reason);
  return new ExpectedError('failed', message, options);
}

/** 'invalid-input': a path that the system does not take, or something that cannot be done to what is there. */
export function invalidFile(task: FileTask, reason: string, options?: ErrorOptions): ExpectedError {
  const [path, machine] = wordsOf(task);
  const message = l10n.t('That cannot be done to {0} on {1}: {2}. Choose another path.', path, machine, reason);
  return new ExpectedError('invalid-input', message, options);
}

/** 'is-a-folder' or 'not-a-file': for a path that is there but is no regular file. */
export function notAFile(task: FileTask, kind: FileKind, options?: ErrorOptions): ExpectedError {
  if (kind === 'directory') return fileProblem('is-a-folder', task, options);
  const [path, machine] = wordsOf(task);
  const message = l10n.t('{0} on {1} is {2}. Choose a regular file.', path, machine, kindWords(kind));
  return new ExpectedError('not-a-file', message, options);
}

function kindWords(kind: Exclude<FileKind, 'directory'>): string {
  switch (kind) {
    case 'fifo':
      return l10n.t('a named pipe, not a file');
    case 'socket':
      return l10n.t('a socket, not a file');
    case 'block':
    case 'character':
      return l10n.t('a device, not a file');
    case 'symlink':
      return l10n.t('a symbolic link, not a file');
    case 'file':
    case 'unknown':
      return l10n.t('no regular file');
  }
}

/** 'too-large': for a file longer than the caller wants to hold. */
export function tooLargeFile(task: FileTask, maxBytes: number): ExpectedError {
  const [path, machine] = wordsOf(task);
  const message = l10n.t('{0} on {1} is larger than {2} bytes. Choose a smaller file.', path, machine, maxBytes);
  return new ExpectedError('too-large', message);
}

/** 'timed-out': for a file whose file system does not answer. */
export function lateFile(task: FileTask, waitedMs: number): ExpectedError {
  const [path, machine] = wordsOf(task);
  const seconds = Math.max(1, Math.round(waitedMs / 1_000));
  const message = l10n.t(
    '{0} on {1} did not answer within {2} s. Check its disk or network mount.',
    path,
    machine,
    seconds,
  );
  return new ExpectedError('timed-out', message);
}

/** 'unsupported': a rename cannot move content from one file system to another. */
export function otherFileSystem(task: FileTask, to: string, options?: ErrorOptions): ExpectedError {
  const [path, machine] = wordsOf(task);
  const message = l10n.t(
    '{0} and {1} lie on different file systems of {2}. Copy it, then remove the old one.',
    path,
    shownPath(to),
    machine,
  );
  return new ExpectedError('unsupported', message, options);
}

/** What one file or folder is the reason for, as a value; all else is thrown on. */
export function failureFrom(error: unknown): FileFailure {
  if (!(error instanceof ExpectedError)) throw error;
  switch (error.code) {
    case 'missing':
    case 'denied':
    case 'timed-out':
      return { kind: 'failure', code: error.code, message: error.message };
    case 'failed':
    case 'is-a-folder':
    case 'not-a-file':
    case 'invalid-input':
      return { kind: 'failure', code: 'failed', message: error.message };
    default:
      // The connection: it would be no better for the next file.
      throw error;
  }
}

function wordsOf({ path, machine }: FileTask): readonly [path: string, machine: string] {
  return [shownPath(path), machineWords(machine)];
}
