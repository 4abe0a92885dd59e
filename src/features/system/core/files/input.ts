/** What `system.files` is asked; see the tool's schema. */
export interface FilesInput {
  readonly path?: string | undefined;
  readonly recursive?: boolean | undefined;
  readonly mount?: boolean | undefined;
  readonly deleted?: boolean | undefined;
}
