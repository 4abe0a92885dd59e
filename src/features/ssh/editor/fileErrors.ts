import * as vscode from 'vscode';
import { ExpectedError } from '../../../lib/errors';

/** Those say that the host was reached, or need not be. */
const ABOUT_FILES = ['missing', 'exists', 'not-a-folder', 'is-a-folder', 'not-empty', 'read-only', 'invalid-input'];

/** Whether no connection came about, where there is none. */
export function isAboutHost(error: unknown): boolean {
  return !(error instanceof ExpectedError && ABOUT_FILES.includes(error.code));
}

/** What VS Code and other extensions understand; the text stays ours. */
export function asFileError(error: unknown, uri: vscode.Uri): unknown {
  if (!(error instanceof ExpectedError)) return error;
  switch (error.code) {
    case 'missing':
      return vscode.FileSystemError.FileNotFound(uri);
    case 'exists':
      return vscode.FileSystemError.FileExists(uri);
    case 'not-a-folder':
      return vscode.FileSystemError.FileNotADirectory(uri);
    case 'is-a-folder':
      return vscode.FileSystemError.FileIsADirectory(uri);
    case 'denied':
    case 'read-only':
      return vscode.FileSystemError.NoPermissions(error.message);
    default:
      return vscode.FileSystemError.Unavailable(error.message);
  }
}
