import type { DirectoriesInput } from './inputs';
import { joined } from '../../../../machine/treePaths';

/** The lists of filecmp.dircmp for one folder. */
export interface FolderLists {
  readonly leftOnly: string[];
  readonly rightOnly: string[];
  readonly same: string[];
  readonly differing: string[];
  readonly funnyFiles: string[];
  readonly commonFolders: string[];
  readonly commonFunny: string[];
}

/** Which list a path goes into. */
export class ClosureLists {
  private readonly folders = new Map<string, FolderLists>();

  add(list: keyof FolderLists, path: string): void {
    const slash = path.lastIndexOf('/');
    const folder = slash === -1 ? '' : path.slice(0, slash);
    let lists = this.folders.get(folder);
    if (lists === undefined) this.folders.set(folder, (lists = emptyLists()));
    lists[list].push(path.slice(slash + 1));
  }

  /** What dircmp.report, report_partial_closure or report_full_closure of CPython 3.13 prints. */
  text(roots: { readonly left: string; readonly right: string }, depth: DirectoriesInput['closure']): string {
    const reports: string[] = [];
    const levels = { none: -1, top: 0, partial: 1, full: Infinity }[depth];
    const report = (folder: string, level: number): void => {
      const lists = this.folders.get(folder) ?? emptyLists();
      reports.push(reportText(joinedRoot(roots.left, folder), joinedRoot(roots.right, folder), lists));
      if (level === levels) return;
      for (const name of [...lists.commonFolders].sort(byCodePoint)) report(joined(folder, name), level + 1);
    };
    report('', 0);
    return reports.join('\n');
  }
}

function emptyLists(): FolderLists {
  return {
    leftOnly: [],
    rightOnly: [],
    same: [],
    differing: [],
    funnyFiles: [],
    commonFolders: [],
    commonFunny: [],
  };
}

function joinedRoot(root: string, folder: string): string {
  return folder === '' ? root : `${root}/${folder}`;
}

/** Its words are those of Python's library, in every language. */
function reportText(left: string, right: string, lists: FolderLists): string {
  const lines: readonly (readonly [title: string, names: readonly string[]])[] = [
    [`Only in ${left} :`, lists.leftOnly],
    [`Only in ${right} :`, lists.rightOnly],
    ['Identical files :', lists.same],
    ['Differing files :', lists.differing],
    ['Trouble with common files :', lists.funnyFiles],
    ['Common subdirectories :', lists.commonFolders],
    ['Common funny cases :', lists.commonFunny],
  ];
  const said = lines.filter(([, names]) => names.length > 0);
  return [`diff ${left} ${right}`, ...said.map(([title, names]) => `${title} ${listText(names)}`), ''].join('\n');
}

function listText(names: readonly string[]): string {
  return `[${[...names].sort(byCodePoint).map(pythonText).join(', ')}]`;
}

/** As Python compares text: JavaScript compares halves of surrogate pairs. */
function byCodePoint(one: string, other: string): number {
  const ones = [...one];
  const others = [...other];
  for (let at = 0; at < ones.length && at < others.length; at += 1) {
    const difference = (ones[at]?.codePointAt(0) ?? 0) - (others[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return ones.length - others.length;
}

/** repr() of a str. */
export function pythonText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = [...text].map((character) => {
    if (character === quote || character === '\\') return `\\${character}`;
    const named = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
    if (named !== undefined) return named;
    return character !== ' ' && /[\p{C}\p{Z}]/u.test(character) ? codeText(character.codePointAt(0) ?? 0) : character;
  });
  return `${quote}${escaped.join('')}${quote}`;
}

function codeText(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}
