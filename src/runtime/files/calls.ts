import type { FileKind } from '../../machine/machine';

/** What an editor asks about the files of a machine, verb by verb. Paths as in machine/machine.ts. */
export interface FileCalls {
  /** With `elevated`, what may not be looked at otherwise is as root sees it, or as little as is known without asking. */
  stat: { readonly args: { readonly path: string; readonly elevated?: boolean }; readonly answer: FileFacts };
  /** Of many at once, in their order; null where there is nothing, or nothing to be seen. */
  stats: { readonly args: { readonly paths: readonly string[] }; readonly answer: readonly (FileFacts | null)[] };
  list: { readonly args: { readonly path: string }; readonly answer: readonly FileEntry[] };
  read: { readonly args: { readonly path: string; readonly elevated: boolean }; readonly answer: Uint8Array };
  write: { readonly args: WriteRequest; readonly answer: null };
  makeFolder: { readonly args: { readonly path: string }; readonly answer: null };
  rename: {
    readonly args: { readonly from: string; readonly to: string; readonly overwrite: boolean };
    readonly answer: null;
  };
  /** Moves it to the trash of that machine, or deletes it for good. */
  remove: { readonly args: RemoveRequest; readonly answer: null };
  /** The home folder, to begin in. */
  home: { readonly args: Readonly<Record<string, never>>; readonly answer: string };
}

export type FileVerb = keyof FileCalls;

/** Of what a path leads to. */
export interface FileFacts {
  readonly kind: FileKind;
  /** The path itself is a symbolic link; `kind` is what it leads to, 'unknown' where it leads nowhere. */
  readonly isLink: boolean;
  readonly sizeBytes: number;
  readonly mode: number;
  readonly modifiedMs: number;
}

export interface FileEntry {
  readonly name: string;
  readonly kind: FileKind;
  readonly isLink: boolean;
}

export interface WriteRequest {
  readonly path: string;
  readonly content: Uint8Array;
  /** Without it a missing file is an error ('missing'). */
  readonly create: boolean;
  /** Without it an existing file is an error ('exists'). */
  readonly overwrite: boolean;
  /** As root, by sudo: the user was asked. */
  readonly elevated: boolean;
}

export interface RemoveRequest {
  readonly path: string;
  /** Without it a folder that is not empty is an error ('not-empty'). */
  readonly recursive: boolean;
  readonly trash: boolean;
}
