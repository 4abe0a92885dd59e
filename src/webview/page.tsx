import '@vscode/codicons/dist/codicon.css';
import 'uplot/dist/uPlot.min.css';
import './styles/base.css';
import './styles/header.css';
import './styles/blocks.css';
import './styles/terminal.css';
import './styles/table.css';
import './styles/tree.css';
import './styles/moments.css';
import './styles/drawings.css';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import { App } from './app';
import { acquireHost, readConfig } from './state/host';
import { createSession } from './state/session';

/** The entry: one page for every report, whatever tool made it. */
function start(root: HTMLElement): void {
  const config = readConfig(document.body);
  document.documentElement.lang = config.locale;
  l10n.config({ contents: { ...config.texts } });
  const session = createSession(acquireHost(), config.locale);
  render(<App session={session} />, root);
  session.post({ kind: 'ready' });
}

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');
start(root);
