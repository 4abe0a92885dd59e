import * as l10n from '@vscode/l10n';
import type { Block, Report, TableBlock, TerminalBlock, TextBlock, RowMenu } from './model';
import { createCollator, initialOrder } from './rows';
import { NO_ROW } from './tree';

/** A panel's state is written at every change, so it is kept small. */
export const SNAPSHOT_ROWS = 5000;
/** Of what a program wrote, the last so many are kept. */
export const SNAPSHOT_CHARACTERS = 65_536;

/** The report with every table cut to SNAPSHOT_ROWS rows and long output to its end, and a note below each that was. */
export function snapshotOf(report: Report): Report {
  return { ...report, blocks: cutBlocks(report.blocks) };
}

function cutBlocks(blocks: readonly Block[]): readonly Block[] {
  return blocks.flatMap((block): readonly Block[] => {
    if (block.kind === 'section') return [{ ...block, blocks: cutBlocks(block.blocks) }];
    if (block.kind === 'terminal' && block.text.length > SNAPSHOT_CHARACTERS) return cutTerminal(block);
    if (block.kind !== 'table' || block.rows.length <= SNAPSHOT_ROWS) return [block];
    return [cutTable(block), noteOn(block)];
  });
}

/** Keeps the rows that are shown first, in the order in which they came. The order of texts need not be the user's here. */
function cutTable(block: TableBlock): TableBlock {
  const kept = initialOrder(block, createCollator('en')).slice(0, SNAPSHOT_ROWS).sort();
  const { rowKeys, parents, menu } = block;
  return {
    ...block,
    rows: Array.from(kept, (index) => block.rows[index] ?? []),
    ...(rowKeys === undefined ? {} : { rowKeys: Array.from(kept, (index) => rowKeys[index] ?? String(index)) }),
    ...(parents === undefined ? {} : { parents: cutParents(parents, kept) }),
    ...(menu === undefined ? {} : { menu: menuOf(menu, kept) }),
  };
}

function menuOf(menu: RowMenu, kept: Uint32Array): RowMenu {
  const { actions, inputs, machines } = menu;
  return {
    actions,
    inputs: Array.from(kept, (index) => inputs[index] ?? null),
    ...(machines === undefined ? {} : { machines: Array.from(kept, (index) => machines[index] ?? '') }),
  };
}

/** A row whose parent is not kept stands at the top. */
function cutParents(parents: readonly (number | null)[], kept: Uint32Array): readonly (number | null)[] {
  const places = new Map(Array.from(kept, (index, place) => [index, place]));
  return Array.from(kept, (index) => places.get(parents[index] ?? NO_ROW) ?? null);
}

function noteOn(block: TableBlock): TextBlock {
  const text = l10n.t('{0} of {1} rows were kept. Run again to see all.', SNAPSHOT_ROWS, block.rows.length);
  return { kind: 'text', style: 'note', status: 'info', text };
}

/** From the beginning of a line, where every style begins anew. */
function cutTerminal(block: TerminalBlock): readonly Block[] {
  const from = block.text.length - SNAPSHOT_CHARACTERS;
  const text = block.text.slice(block.text.indexOf('\n', from - 1) + 1 || from);
  const note = l10n.t('Only the end of the output was kept. Run again to see all.');
  return [
    { ...block, text },
    { kind: 'text', style: 'note', status: 'info', text: note },
  ];
}
