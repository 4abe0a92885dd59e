import * as crypto from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PageConfig } from '../report/protocol';

/** Where the page's script, style and font lie. */
export function pageFolder(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.extensionUri, 'dist', 'page');
}

/**
 * The document around the page: nothing is allowed but the one script with its nonce, and styles, fonts and pictures
 * from the extension itself. No text from outside ever stands in it.
 */
export function pageHtml(webview: vscode.Webview, context: vscode.ExtensionContext): string {
  const folder = pageFolder(context);
  const uri = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  const nonce = crypto.randomBytes(18).toString('base64');
  const source = webview.cspSource;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `font-src ${source}`,
    `img-src ${source}`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  const config: PageConfig = { locale: vscode.env.language, texts: pageTexts() };
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${attribute(uri('page.css'))}">
<title>${attribute(l10n.t('Report'))}</title>
</head>
<body data-opsdeck="${attribute(JSON.stringify(config))}">
<div id="root"></div>
<script nonce="${nonce}" src="${attribute(uri('page.js'))}"></script>
</body>
</html>`;
}

/** The loaded translations as plain texts; the page takes what it needs. */
function pageTexts(): Record<string, string> {
  const bundle = vscode.l10n.bundle ?? {};
  return Object.fromEntries(
    Object.entries(bundle).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : (value as { message: string }).message,
    ]),
  );
}

function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
