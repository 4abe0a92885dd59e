import type * as vscode from 'vscode';
import type { HostPolicy, Inventory, OpenHost } from '../machine/machines';
import type { RunRequest } from '../report/protocol';
import type { FileCalls, FileVerb } from '../runtime/files/calls';
import type { FeatureManifest } from '../tool/manifest';
import type { ToolSource } from '../tool/registry';
import type { AnyChangeTool, AnyTool, Log } from '../tool/tool';
import type { Field } from '../tool/values';
import type { ReportTexts } from './deliver';
import type { PickOptions } from './pickMachine';
import type { Holder, Session, Shown } from './session';

/** What a feature's adapter gets from the house. */
export interface EditorHost {
  readonly log: Log;
  readonly context: vscode.ExtensionContext;
  /**
   * Shares the one run of a live tool with whoever else shows it (panel, tree, status bar). The tool is sampled only
   * while a holder is visible, and ends with the last holder.
   */
  holdLive(request: RunRequest, onChange: (shown: Shown) => void, visible: boolean): Holder;
  /** Runs a tool that changes something, which the user has just asked for and confirmed; where it stood at the end. */
  carryOut(request: RunRequest, signal: AbortSignal, onChange: (shown: Shown) => void): Promise<Shown>;
  /** Fires when a tool has changed something, or a part of it. */
  readonly onDidCarryOut: vscode.Event<RunRequest>;
  /** Runs a tool once, for its result, or the summary of a large one. Throws what it throws. */
  resultOf(request: RunRequest, signal: AbortSignal): Promise<unknown>;
  /** Runs a tool once for a part of what a session has found, and merges its result into that. Throws what it throws. */
  amend(session: Session, request: RunRequest, ask: unknown, signal: AbortSignal): Promise<void>;
  /** The inputs of a tool. */
  fields(tool: string): Promise<readonly Field[]>;
  /** Why that text cannot be the value of that input; null where it can. */
  refusal(tool: string, field: Field, text: string): Promise<string | null>;
  readonly texts: ReportTexts;
  /** The hosts that files name. */
  inventory(signal: AbortSignal): Promise<Inventory>;
  /** Asks for a machine by name; undefined when the user leaves. */
  pickMachine(title: string, options?: PickOptions): Promise<string | undefined>;
  /** Asks about files of a machine. Throws ExpectedError. */
  files<Verb extends FileVerb>(
    machine: string,
    verb: Verb,
    args: FileCalls[Verb]['args'],
    signal?: AbortSignal,
  ): Promise<FileCalls[Verb]['answer']>;
  /** Hosts to which there is a connection. */
  connected(): readonly OpenHost[];
  readonly onDidChangeConnected: vscode.Event<void>;
  /** The files that name hosts, or what is said about them, have changed. */
  readonly onDidChangeHosts: vscode.Event<void>;
  /** Ends the connection to that host. */
  disconnect(machine: string): Promise<void>;
  /** What the hosts files say of that machine. */
  policyOf(machine: string): Promise<HostPolicy>;
  /** Runs an action of the user and shows its failure in the one way that failures are shown. */
  attempt(what: string, action: () => Promise<void>): Promise<void>;
}

/** One that copies itself: VS Code would do it file by file, and keep nothing but the contents. */
export type FileSystem = vscode.FileSystemProvider & Required<Pick<vscode.FileSystemProvider, 'copy'>>;

/** The VS Code side of a feature: one handler for each command and one tree for each view of its manifest. */
export interface Feature<M extends FeatureManifest> {
  readonly commands: { readonly [Id in keyof M['commands']]: (...args: readonly unknown[]) => unknown };
  readonly views: {
    readonly [Id in keyof M['views']]: (view: vscode.TreeView<unknown>) => vscode.TreeDataProvider<unknown>;
  };
  /** What a new terminal of the profile runs; undefined when the user leaves. */
  readonly terminalProfiles: {
    readonly [Id in ProfileOf<M>]: () => Promise<vscode.TerminalOptions | vscode.ExtensionTerminalOptions | undefined>;
  };
  readonly fileSystems: { readonly [Scheme in SchemeOf<M>]: () => FileSystem };
  /** Each runs while the setting of its name is on, or as soon as a file of that pattern is open. */
  readonly backgrounds: { readonly [Id in BackgroundOf<M>]: () => vscode.Disposable };
}

type BackgroundOf<M extends FeatureManifest> =
  | (M extends { readonly backgroundSettings: readonly (infer Id)[] } ? Extract<Id, string> : never)
  | (M extends { readonly backgroundFiles: infer Files } ? Extract<keyof Files, string> : never);

type SchemeOf<M extends FeatureManifest> = M extends { readonly fileSystems: infer Systems }
  ? Extract<keyof Systems, string>
  : never;

type ProfileOf<M extends FeatureManifest> = M extends { readonly terminalProfiles: infer Profiles }
  ? Extract<keyof Profiles, string>
  : never;

export type FeatureFactory<M extends FeatureManifest> = (host: EditorHost) => Feature<M>;

/** A feature as the house knows it before any of its code is loaded. */
export interface FeatureEntry extends ToolSource {
  loadFeature(): Promise<FeatureFactory<FeatureManifest>>;
}

/** What changes something has a plan, or it does not compile. */
type ToolsOf<M extends FeatureManifest> = {
  readonly [Id in keyof M['tools']]: M['tools'][Id]['effect'] extends 'change' ? AnyChangeTool : AnyTool;
};

/**
 * Ties a manifest to its code. A tool, command or view of the manifest without its counterpart, or one that is
 * misspelt, does not compile.
 */
export function featureEntry<M extends FeatureManifest>(
  manifest: M,
  loadTools: () => Promise<ToolsOf<M>>,
  loadFeature: () => Promise<FeatureFactory<M>>,
): FeatureEntry {
  return {
    manifest,
    loadTools,
    loadFeature,
  };
}
