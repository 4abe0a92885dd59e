import type { Action, Block, Cell, Report } from '../../report/model';

export interface OwnAction {
  readonly index: number;
  readonly action: Action;
}

/** The actions of the report as a whole: those that no cell and no node of a graph offers. */
export function ownActions(report: Report): readonly OwnAction[] {
  const actions = report.actions ?? [];
  if (actions.length === 0) return [];
  const taken = new Set<number>();
  report.blocks.forEach((block) => takeFrom(block, taken));
  return actions.map((action, index) => ({ index, action })).filter(({ index }) => !taken.has(index));
}

function takeFrom(block: Block, taken: Set<number>): void {
  switch (block.kind) {
    case 'section':
      block.blocks.forEach((each) => takeFrom(each, taken));
      break;
    case 'facts':
      block.items.forEach((fact) => takeCell(fact.value, taken));
      break;
    case 'table':
      block.rows.forEach((row) => row.forEach((cell) => takeCell(cell, taken)));
      break;
    case 'graph':
      block.nodes.forEach((node) => node.action !== undefined && taken.add(node.action));
      break;
    case 'text':
    case 'terminal':
    case 'timeline':
    case 'series':
    case 'map':
      break;
  }
}

function takeCell(cell: Cell, taken: Set<number>): void {
  if (cell !== null && typeof cell === 'object' && cell.action !== undefined) taken.add(cell.action);
}
