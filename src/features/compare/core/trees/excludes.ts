/** The glob of `exclude` for one path. What means something in globs, or parts them, stands as '?'. */
export function excludedPath(path: string, isFolder: boolean): string {
  return `/${path.replace(/[*?,\n]|^\s|\s$/gu, '?')}${isFolder ? '/' : ''}`;
}
