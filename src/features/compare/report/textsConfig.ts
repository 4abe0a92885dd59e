import * as l10n from '@vscode/l10n';
import type { Block, Fact } from '../../../report/model';
import type { ConfigForm } from '../core/config/forms';
import { partsOf } from '../core/formats/sides';
import type { ConfigReading, TextComparison, TextHunk } from '../core/text/schema';

const NUMBER_COLUMNS = 5;

const NAMES: Readonly<Record<ConfigForm, string>> = {
  json: 'JSON',
  yaml: 'YAML',
  toml: 'TOML',
  ini: 'INI',
  xml: 'XML',
  nginx: 'nginx',
  sshd_config: 'sshd_config',
  hosts: 'hosts',
  crontab: 'crontab',
  sysctl: 'sysctl',
  'iptables-save': 'iptables-save',
};

/** Whether the lines that were compared are not those of the files, but what is read from them. */
export function isByMeaning({ config }: TextComparison): boolean {
  return config !== null && config.failure === null;
}

export function configFacts({ config }: TextComparison): readonly Fact[] {
  if (config === null) return [];
  const label = l10n.t('Compared as');
  if (config.failure !== null) return [{ label, value: l10n.t('plain lines') }];
  const [left, right] = [NAMES[config.left], NAMES[config.right]];
  const value = left === right ? left : l10n.t('{0} against {1}', left, right);
  return [{ label, value, note: chosenText(config.chosenBy) }];
}

function chosenText(by: ConfigReading['chosenBy']): string {
  switch (by) {
    case 'option':
      return l10n.t('as it was asked for');
    case 'setting':
      return l10n.t('as is set for files of that name');
    case 'name':
      return l10n.t('by the name of the file');
    case 'content':
      return l10n.t('by how the file begins');
  }
}

/** Why a file is not compared by what it means. */
export function failureBlocks({ config, left, right }: TextComparison): readonly Block[] {
  if (config === null || config.failure === null) return [];
  const { side, line, column, reason } = config.failure;
  const label = side === 'left' ? left.label : right.label;
  const text = l10n.t(
    '{0} cannot be read as {1}, so that the lines are compared as they are: line {2}, column {3}: {4}.',
    label,
    NAMES[config[side]],
    line,
    column,
    reason.replace(/\.$/, ''),
  );
  return [{ kind: 'text', style: 'note', text }];
}

/** Each line with where it stands in its file. */
export function addConfigHunk(lines: string[], hunk: TextHunk): void {
  const { leftLines, leftSources = [], rightLines, rightSources = [] } = hunk;
  const told = (mark: string, source: number | undefined, line: string | undefined): string =>
    `${mark}${String(source ?? '').padStart(NUMBER_COLUMNS)}  ${line ?? ''}`;
  lines.push('@@');
  for (const { kind, leftStart, leftEnd, rightStart, rightEnd } of partsOf(hunk)) {
    const mark = kind === 'equal' ? ' ' : '-';
    for (let at = leftStart - hunk.leftStart; at < leftEnd - hunk.leftStart; at++) {
      lines.push(told(mark, leftSources[at], leftLines[at]));
    }
    if (kind === 'equal') continue;
    for (let at = rightStart - hunk.rightStart; at < rightEnd - hunk.rightStart; at++) {
      lines.push(told('+', rightSources[at], rightLines[at]));
    }
  }
}
