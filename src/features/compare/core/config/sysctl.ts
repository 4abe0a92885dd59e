import * as l10n from '@vscode/l10n';
import { sourceLines } from './lines';
import { type ConfigFile, type ConfigNode, NotParsed } from './tree';

/** sysctl.conf(5) and sysctl.d(5): the last value of a key holds; dots and slashes are the same. Throws NotParsed. */
export function readSysctl(text: string): ConfigFile {
  const settings = new Map<string, ConfigNode>();
  for (const { text: setting, line, indent } of sourceLines(text, '#;')) {
    const [, mark = '', name = '', value] = /^(-?)\s*([^=\s]+)\s*(?:=\s*(.*))?$/u.exec(setting) ?? [];
    const isExcluded = mark === '-' && value === undefined;
    if (name === '' || (value === undefined && !isExcluded)) {
      throw new NotParsed(l10n.t('this is no key with a value'), line, indent + 1);
    }
    const key = dotted(name);
    const words = value?.trim().split(/\s+/u).join(' ');
    const told = `${mark}${key}${words === undefined ? '' : ` = ${words}`}`.trimEnd();
    settings.delete(key);
    settings.set(key, { text: told, line, key });
  }
  return { isUnordered: true, children: [...settings.values()] };
}

/** What is parted by slashes first has dots within its parts, such as net/ipv4/conf/eth0.100/forwarding. */
function dotted(name: string): string {
  const [first] = /[./]/u.exec(name) ?? [];
  if (first !== '/') return name;
  return name.replace(/[./]/gu, (separator) => (separator === '/' ? '.' : '/'));
}
