import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import type { PageConfig } from '../../src/report/protocol';
import { projectPath } from '../support/project';
import { PAGE_THEMES, type PageTheme } from './themes';

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the built page with the policy of a real webview; what a page shall be is in the query. */
export async function startPageServer(): Promise<PageServer> {
  const folder = process.env['OPSDECK_PAGE_DIR'] ?? projectPath('dist', 'page');
  if (!fs.existsSync(path.join(folder, 'page.js'))) throw new Error(`The page is not built: ${folder} has no page.js.`);
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://page');
    if (url.pathname === '/') sendDocument(url.searchParams, response);
    else if (url.pathname === '/favicon.ico') response.writeHead(204).end();
    else if (url.pathname === '/theme.css')
      send(response, 'text/css', themeCss(themeNamed(url.searchParams.get('theme'))));
    else sendFile(folder, url.pathname, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function themeNamed(name: string | null): PageTheme {
  const theme = PAGE_THEMES.find((each) => each.name === (name ?? 'dark'));
  if (theme === undefined) throw new Error(`There is no theme ${name}.`);
  return theme;
}

/** Variables of the root, and the few rules that VS Code puts below those of every webview. */
function themeCss(theme: PageTheme): string {
  const variables = Object.entries(theme.variables).map(([name, value]) => `${name}: ${value};`);
  return `:root { ${variables.join('\n')} }
    html { background: var(--vscode-editor-background); }
    @layer vscode-default { body { background: transparent; color: var(--vscode-editor-foreground); padding: 0 20px; } }`;
}

function sendDocument(query: URLSearchParams, response: http.ServerResponse): void {
  const theme = themeNamed(query.get('theme'));
  const texts = JSON.parse(query.get('texts') ?? '{}') as PageConfig['texts'];
  const config: PageConfig = { locale: query.get('locale') ?? 'en', texts };
  const nonce = crypto.randomBytes(16).toString('base64');
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'`;
  response.setHeader('content-security-policy', policy);
  send(
    response,
    'text/html',
    `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Report</title>
<link rel="stylesheet" href="/theme.css?theme=${theme.name}">
<link rel="stylesheet" href="/page.css">
</head>
<body class="${theme.bodyClass}" data-opsdeck="${attribute(JSON.stringify(config))}">
<div id="root"></div>
<script nonce="${nonce}">${HOST_SCRIPT}</script>
<script nonce="${nonce}" src="/page.js"></script>
</body>
</html>`,
  );
}

/** Stands for VS Code: keeps what the page posts and its state, and notes what the policy refused. */
const HOST_SCRIPT = `
    window.posted = [];
    window.violations = [];
    window.saves = 0;
    let savedText = window.saved === undefined ? undefined : JSON.stringify(window.saved);
    Object.defineProperty(window, 'saved', { get: () => savedText === undefined ? undefined : JSON.parse(savedText) });
    // As the host posts it: the report is JSON in bytes.
    window.onWire = (message) => ({
      ...message,
      report: message.report === null ? null : new TextEncoder().encode(JSON.stringify(message.report)),
    });
    document.addEventListener('securitypolicyviolation', (event) => {
      window.violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample);
    });
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => {
        window.posted.push(message);
        if (message.kind === 'ready' && window.answer !== undefined) {
          window.dispatchEvent(new MessageEvent('message', { data: window.onWire(window.answer) }));
        }
      },
      getState: () => window.saved,
      setState: (state) => { savedText = JSON.stringify(state); window.saves++; },
    });`;

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

function sendFile(folder: string, name: string, response: http.ServerResponse): void {
  const file = path.join(folder, path.basename(name));
  if (!fs.existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  send(response, TYPES[path.extname(file)] ?? 'application/octet-stream', fs.readFileSync(file));
}

function send(response: http.ServerResponse, type: string, body: string | Buffer): void {
  response.setHeader('content-type', `${type}; charset=utf-8`);
  response.end(body);
}

function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
