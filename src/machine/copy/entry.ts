/** What is copied, as it was seen. */
export interface SourceEntry {
  /** Within the tree, '' for its root. */
  readonly relative: string;
  readonly kind: 'folder' | 'file' | 'link';
  readonly sizeBytes: number;
  readonly mode: number;
  readonly modifiedMs: number;
  /** Of a link. */
  readonly linkTarget: string | null;
}
