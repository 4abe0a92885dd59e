import { z } from 'zod';
import { cell, label, MAX_COLUMNS, MAX_ITEMS, MAX_ROWS, optionalLabel, sort, unit } from './schemaParts';
import { isTree } from './tree';

const column = z.strictObject({
  id: label,
  title: label,
  unit: unit.exactOptional(),
  code: z.boolean().exactOptional(),
  description: optionalLabel,
  hidden: z.boolean().exactOptional(),
  widest: z.int().positive().exactOptional(),
});

const input = z.record(label, z.unknown());
const rowAction = z.strictObject({
  label,
  tool: label,
  asksMachine: z.boolean().exactOptional(),
  input: input.exactOptional(),
  needs: label.exactOptional(),
  group: z.boolean().exactOptional(),
});
const rowMenu = z.strictObject({
  actions: z.array(rowAction).max(MAX_ITEMS),
  inputs: z.array(input.nullable()).max(MAX_ROWS),
  machines: z.array(z.string()).max(MAX_ROWS).exactOptional(),
});

/** What belongs to rows is there once for each, and no row is above itself. */
export const tableBlock = z
  .strictObject({
    kind: z.literal('table'),
    id: label,
    title: optionalLabel,
    columns: z.array(column).max(MAX_COLUMNS),
    rows: z.array(z.array(cell).max(MAX_COLUMNS)).max(MAX_ROWS),
    rowKeys: z.array(label).max(MAX_ROWS).exactOptional(),
    sort: sort.exactOptional(),
    empty: optionalLabel,
    parents: z.array(z.int().min(0).max(MAX_ROWS).nullable()).max(MAX_ROWS).exactOptional(),
    menu: rowMenu.exactOptional(),
  })
  .refine(({ rows, menu }) => menu === undefined || menu.inputs.length === rows.length, {
    path: ['menu', 'inputs'],
    message: 'There must be one input for each row.',
  })
  .refine(({ rows, parents }) => parents === undefined || isTree(parents, rows.length), {
    path: ['parents'],
    message: 'There must be one parent for each row, which is a row, and no circle.',
  });
