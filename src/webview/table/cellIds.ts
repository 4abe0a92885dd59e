import { idPart } from '../parts/ids';

/** The id of a cell's element; a row key of null is the row of headings. */
export function cellId(gridId: string, rowKey: string | null, column: string): string {
  return `${gridId}/${rowKey === null ? 'head' : `row-${idPart(rowKey)}`}/${idPart(column)}`;
}
