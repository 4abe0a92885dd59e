import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { messageOf } from '../../../lib/errors';
import type { InventoryProblem } from '../../../machine/machines';
import { manifest } from '../manifest';

/** What was not understood of the files that name hosts, at its lines: as of the last time that they were saved. */
export class HostsProblems implements vscode.Disposable {
  private readonly shown = vscode.languages.createDiagnosticCollection('opsdeck.hosts');
  private readonly parts: vscode.Disposable;

  constructor(private readonly host: EditorHost) {
    this.parts = vscode.Disposable.from(
      this.shown,
      host.onDidChangeHosts(() => void this.look()),
      // One that only a setting names lies where nothing tells of it.
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (vscode.languages.match({ pattern: manifest.backgroundFiles.hostsProblems }, document) > 0) void this.look();
      }),
    );
    void this.look();
  }

  dispose(): void {
    this.parts.dispose();
  }

  private async look(): Promise<void> {
    try {
      const { problems } = await this.host.inventory(new AbortController().signal);
      this.shown.clear();
      this.shown.set(problems.map((problem) => [vscode.Uri.file(problem.file), [diagnosticOf(problem)]]));
    } catch (error) {
      this.host.log.warn(`The hosts files could not be read: ${messageOf(error)}`);
    }
  }
}

function diagnosticOf({ line, message, file }: InventoryProblem): vscode.Diagnostic {
  // As long as the line may be.
  const range = new vscode.Range((line ?? 1) - 1, 0, (line ?? 1) - 1, Number.MAX_SAFE_INTEGER);
  const text = line === null ? l10n.t('{0}: {1}', path.basename(file), message) : message;
  const diagnostic = new vscode.Diagnostic(range, text, vscode.DiagnosticSeverity.Warning);
  diagnostic.source = 'Opsdeck';
  return diagnostic;
}
