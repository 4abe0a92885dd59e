import type { Block, Cell, Fact, SectionBlock, Unit } from '../../../../report/model';

/** Of interest to few: closed until somebody opens it. */
export function section(title: string, blocks: readonly Block[]): SectionBlock {
  return { kind: 'section', title, collapsed: true, blocks };
}

/** Without those that are not known; in bytes unless a unit is given. */
export function facts(items: readonly (readonly [string, Cell, Unit?])[]): Block {
  const known = items.filter(([, value]) => value !== null);
  return {
    kind: 'facts',
    items: known.map(([label, value, unit = 'bytes']): Fact => ({ label, value, unit })),
  };
}
