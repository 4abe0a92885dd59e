import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ExportFormat, RunRequest } from '../report/protocol';

/** What a panel gives out of its hands. */
export interface Delivered {
  readonly request: RunRequest;
  readonly takenAtMs: number;
  /** Made where the tool runs. Throws ExpectedError('not-ready') when there is no result yet. */
  print(format: ExportFormat): Promise<string>;
}

const textScheme = 'opsdeck-report';

/** Read-only Markdown documents; each lives as long as an editor shows it. */
export class ReportTexts implements vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private count = 0;

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(textScheme, this),
      vscode.workspace.onDidCloseTextDocument((document) => this.texts.delete(document.uri.toString())),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    if (uri.query === '') return '';
    return this.texts.get(uri.toString()) ?? l10n.t('This text was not kept. Open it again from its report.');
  }

  /** A document of that name in which there is nothing. */
  empty(name: string): vscode.Uri {
    return vscode.Uri.from({ scheme: textScheme, path: `/${name}` });
  }

  add(name: string, text: string): vscode.Uri {
    this.count += 1;
    const uri = vscode.Uri.from({ scheme: textScheme, path: `/${name}`, query: String(this.count) });
    this.texts.set(uri.toString(), text);
    return uri;
  }
}

export async function copyReport(delivered: Delivered): Promise<void> {
  await vscode.env.clipboard.writeText(await delivered.print('markdown'));
  vscode.window.setStatusBarMessage(l10n.t('The report was copied as Markdown.'), 4_000);
}

export async function openReportAsText(delivered: Delivered, texts: ReportTexts): Promise<void> {
  const uri = texts.add(fileName(delivered, 'markdown'), await delivered.print('markdown'));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.languages.setTextDocumentLanguage(document, 'markdown');
  await vscode.window.showTextDocument(document, { preview: true });
}

export async function exportReport(delivered: Delivered, format: ExportFormat): Promise<void> {
  const text = await delivered.print(format);
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(defaultFolder(), fileName(delivered, format)),
    title: l10n.t('Export the report'),
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const open = l10n.t('Open');
  const choice = await vscode.window.showInformationMessage(
    l10n.t('The report was written to {0}.', target.fsPath),
    open,
  );
  if (choice === open) await vscode.commands.executeCommand('vscode.open', target);
}

function defaultFolder(): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(process.env['HOME'] ?? process.cwd());
}

/** 'ip.inspect-local-20261123-221500.md': sorts by time and is safe on every file system. */
function fileName(delivered: Delivered, format: ExportFormat): string {
  const taken = new Date(delivered.takenAtMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${taken.getFullYear()}${two(taken.getMonth() + 1)}${two(taken.getDate())}`;
  const time = `${two(taken.getHours())}${two(taken.getMinutes())}${two(taken.getSeconds())}`;
  return `${delivered.request.tool}-${delivered.request.machine}-${date}-${time}.${format === 'markdown' ? 'md' : format}`;
}
