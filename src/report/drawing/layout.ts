export type Point = readonly [x: number, y: number];

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a layout is asked: sizes in, places out. Nodes are named by their index; links have the size of their label. */
export interface LayoutTask {
  readonly direction: 'right' | 'down';
  readonly sizes: readonly { readonly width: number; readonly height: number }[];
  readonly links: readonly {
    readonly from: number;
    readonly to: number;
    readonly width: number;
    readonly height: number;
  }[];
}

export interface LayoutResult {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly routes: readonly { readonly points: readonly Point[]; readonly labelAt?: Point }[];
}

/** Around the whole drawing. */
export const MARGIN = 12;
