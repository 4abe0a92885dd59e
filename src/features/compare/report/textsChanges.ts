import * as l10n from '@vscode/l10n';
import type { Block } from '../../../report/model';
import { createFormatter } from '../../../report/format';
import { terminalText } from '../../../report/terminalText';
import { hunksThatCount } from '../core/formats/sides';
import { addHunk } from '../core/formats/unified';
import type { TextComparison } from '../core/text/schema';

/** So much of the changes is shown; the formats have them all. */
const SHOWN_CHARACTERS = 150_000;
const SHOWN_COLUMNS = 1_000;

const COLOURS: Readonly<Record<string, string>> = { '-': '31', '+': '32', '@': '36', '\\': '2' };

/** The changes as a coloured delta, from the first one on. */
export function changesBlocks(comparison: TextComparison): readonly Block[] {
  const hunks = hunksThatCount(comparison);
  if (hunks.length === 0) return [];
  const lines: string[] = [];
  let length = 0;
  let shown = 0;
  for (const hunk of hunks) {
    if (length > SHOWN_CHARACTERS) break;
    const delta: string[] = [];
    addHunk(delta, comparison, hunk);
    for (const line of delta) {
      if (length > SHOWN_CHARACTERS) break;
      for (const one of line.split('\n')) lines.push(coloured(one));
      length += Math.min(line.length, SHOWN_COLUMNS);
    }
    shown += 1;
  }
  const isCut = length > SHOWN_CHARACTERS;
  return [
    { kind: 'terminal', title: l10n.t('Changes'), text: terminalText(`${lines.join('\n')}\n`) },
    ...(isCut ? [cutNote(shown, hunks.length)] : []),
  ];
}

function cutNote(shown: number, all: number): Block {
  const { value } = createFormatter({ locale: 'en' });
  const text = l10n.t(
    'Shown up to group {0} of {1}; the result as JSON has them all.',
    value(shown, 'number'),
    value(all, 'number'),
  );
  return { kind: 'text', style: 'note', text };
}

/** Controls as their pictures (U+2400 and on): what the texts hold must not do anything. */
function coloured(line: string): string {
  const cut = line.length > SHOWN_COLUMNS ? `${line.slice(0, SHOWN_COLUMNS)}…` : line;
  // eslint-disable-next-line no-control-regex -- these are what is to be made visible
  const text = cut.replace(/[\u0000-\u0008\u000b-\u001f]/g, (control) =>
    String.fromCharCode(0x2400 + control.charCodeAt(0)),
  );
  const colour = COLOURS[line.charAt(0)];
  return colour === undefined ? text : `\u001b[${colour}m${text}\u001b[0m`;
}
