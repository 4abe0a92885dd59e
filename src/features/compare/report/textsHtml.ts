import * as l10n from '@vscode/l10n';
import { htmlPage } from '../../../report/htmlPage';
import type { LineRow } from '../core/difflib/rows';
import { hunkRows } from '../core/rows/hunkRows';
import type { TextComparison } from '../core/text/schema';
import { escaped, HtmlRows } from './textsHtmlRows';
import { STYLE } from './textsHtmlStyle';

export interface HtmlOptions {
  /** A sentence, above the table. */
  readonly verdict: string;
  /** Long lines go on below, instead of beyond the edge. Default true. */
  readonly wrap?: boolean;
}

/** One self-contained page without a script: both sides beside each other, with links from change to change. */
export function htmlText(comparison: TextComparison, options: HtmlOptions): string {
  const { left, right } = comparison;
  const rows = new HtmlRows(comparison.left, comparison.right);
  for (const hunk of comparison.hunks) rows.addHunk(hunk, hunkRows(hunk) satisfies readonly LineRow[]);
  const body = rows.html();
  const title = l10n.t('{0} against {1}', left.label, right.label);
  const page = `<h1>${escaped(title)}</h1>
<p>${escaped(options.verdict)}</p>
${body === '' ? '' : tableOf(comparison, body, options.wrap ?? true, rows.changes)}
<footer>${escaped(l10n.t('Made by Opsdeck.'))}</footer>`;
  return htmlPage({ language: languageTag(), title, style: `<style>${STYLE}</style>`, body: page });
}

/** Of the language into which the texts of the page are translated, as BCP 47 has it: "en" becomes its own tag. */
function languageTag(): string {
  return l10n.t('en');
}

function tableOf({ left, right }: TextComparison, body: string, wrap: boolean, changes: number): string {
  const links =
    changes === 0
      ? ''
      : `<nav><a href="#change-1">${escaped(l10n.t('First change'))}</a><a href="#change-${changes}">${escaped(l10n.t('Last change'))}</a></nav>\n`;
  const legend = [
    ['added', l10n.t('added')],
    ['removed', l10n.t('removed')],
    ['changed-word', l10n.t('changed')],
  ].map(([name, text]) => `<span class="${name}">${escaped(text ?? '')}</span>`);
  return `${links}<div class="legend">${legend.join('')}</div>
<table${wrap ? ' class="wrap"' : ''}>
<colgroup><col class="number"><col><col class="number"><col></colgroup>
<thead><tr><th colspan="2" scope="colgroup">${escaped(left.label)}</th><th colspan="2" scope="colgroup">${escaped(right.label)}</th></tr></thead>
<tbody>
${body}</tbody>
</table>`;
}
