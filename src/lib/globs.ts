/** Whether something is left out, by its path within the tree. */
export type Excluder = (relative: string, isFolder: boolean) => boolean;

/** Patterns separated by commas or line breaks, as the input `exclude` describes them. */
export function excluder(patterns: string): Excluder {
  const rules = patterns
    .split(/[,\n]/)
    .map((pattern) => pattern.trim())
    .filter((pattern) => /[^/]/.test(pattern))
    .map(ruleOf);
  return (relative, isFolder) =>
    rules.some(
      (rule) => (isFolder || !rule.foldersOnly) && rule.matches.test(rule.anchored ? relative : nameOf(relative)),
    );
}

interface Rule {
  readonly foldersOnly: boolean;
  /** Compared with the whole path, not with the name. */
  readonly anchored: boolean;
  readonly matches: RegExp;
}

function ruleOf(pattern: string): Rule {
  const bare = pattern.replace(/\/+$/, '');
  const anchored = bare.includes('/');
  return {
    foldersOnly: bare !== pattern,
    anchored,
    matches: new RegExp(`^${expressionOf(bare.replace(/^\/+/, ''))}$`, 'su'),
  };
}

function expressionOf(pattern: string): string {
  return pattern.replace(/\*\*\/|\*+|\?|[\\^$.|+()[\]{}/-]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '*') return '[^/]*';
    if (part.startsWith('**')) return '.*';
    if (part === '?') return '[^/]';
    return part === '-' ? '\\x2d' : `\\${part}`;
  });
}

function nameOf(relative: string): string {
  return relative.slice(relative.lastIndexOf('/') + 1);
}
