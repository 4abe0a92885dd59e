import type { Block, Cell, Report } from './model';

type Row = readonly Cell[];

/**
 * Rows that are made each time that somebody asks for one. Of a live table of thousands of rows, all of them at once
 * would be most of what is held in memory, only to be written as JSON one after the other. Who asks for the same row
 * again and again does well to take `withAllRows`.
 */
export function rowsOnDemand(count: number, make: (index: number) => Row): readonly Row[] {
  return new Proxy<readonly Row[]>([], {
    get: (none, name): unknown => {
      if (name === 'length') return count;
      if (!isIndex(name)) return Reflect.get(none, name);
      return Number(name) < count ? make(Number(name)) : undefined;
    },
    has: (none, name) => (isIndex(name) ? Number(name) < count : Reflect.has(none, name)),
  });
}

function isIndex(name: string | symbol): name is string {
  return typeof name === 'string' && /^\d+$/.test(name);
}

/** The same report, each row of which has been made once. */
export function withAllRows(report: Report): Report {
  return { ...report, blocks: report.blocks.map(withRows) };
}

function withRows(block: Block): Block {
  if (block.kind === 'section') return { ...block, blocks: block.blocks.map(withRows) };
  return block.kind === 'table' ? { ...block, rows: [...block.rows] } : block;
}
