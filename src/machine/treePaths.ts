/** What lies below a folder, by its path there; '' is the folder. Not normalised: '..' after a link leads elsewhere. */
export function below(root: string, path: string): string {
  if (path === '') return root;
  return root.endsWith('/') ? root + path : `${root}/${path}`;
}

/** Within a tree, whose root is ''. */
export function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
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
