/** What lies below a folder, by its path there; '' is the folder. Not normalised: '..' after a link leads elsewhere. */
export function below(root: string, path: string): string {
  if (path === '') return root;
  return root.endsWith('/') ? root + path : `${root}/${path}`;
}

/** A name in a folder, which is '' for the root of a tree; the folder itself for ''. Windows takes '/' too. */
export function joined(folder: string, name: string): string {
  if (name === '') return folder;
  return folder === '' || folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
}

/** '' for what is in the root of a tree. */
export function parentOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at <= 0 ? path.slice(0, at + 1) : path.slice(0, at);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Of a folder within a tree: 0 for the root. */
export function depthOf(path: string): number {
  return path === '' ? 0 : path.split('/').length;
}

/** In the order of their depth: what is in a folder comes after it. */
export function byDepth<One extends { readonly path: string }>(some: readonly One[]): readonly (readonly One[])[] {
  const levels: One[][] = [];
  for (const one of some) (levels[depthOf(one.path)] ??= []).push(one);
  return levels.filter((level) => (level as One[] | undefined) !== undefined);
}
