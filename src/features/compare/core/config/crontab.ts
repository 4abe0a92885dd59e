import * as l10n from '@vscode/l10n';
import { sourceLines, type SourceLine } from './lines';
import { type ConfigFile, type ConfigNode, NotParsed } from './tree';

const VARIABLE = /^("[^"]*"|'[^']*'|[A-Za-z_][\w.-]*)\s*=\s*(.*)$/u;
const NICKNAME = /^(-?@[a-z]+)\s+(\S.*)$/iu;
const JOB = /^(-?[\d*]\S*)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S.*)$/u;

/**
 * crontab(5), of a user or of the system: jobs in any order, but each after the variables that hold for it, which stay
 * where they are. Throws NotParsed.
 */
export function readCrontab(text: string): ConfigFile {
  const parts: { readonly variable: ConfigNode | null; readonly jobs: ConfigNode[] }[] = [{ variable: null, jobs: [] }];
  for (const source of sourceLines(text, '#')) {
    const [, name, value = ''] = VARIABLE.exec(source.text) ?? [];
    if (name === undefined) parts.at(-1)?.jobs.push(jobOf(source));
    else parts.push({ variable: { text: `${name} = ${value}`.trimEnd(), line: source.line }, jobs: [] });
  }
  const children = parts.map(({ variable, jobs }) => ({
    text: variable?.text ?? '',
    line: variable?.line ?? 1,
    isUnordered: true,
    children: jobs,
  }));
  return { children };
}

/** White space between the fields means nothing, in the command it does. */
function jobOf({ text, line, indent }: SourceLine): ConfigNode {
  const fields = NICKNAME.exec(text) ?? JOB.exec(text);
  if (fields === null) throw new NotParsed(l10n.t('this is neither a job nor a variable'), line, indent + 1);
  const job = fields.slice(1).join(' ');
  return { text: job, line, key: job };
}
