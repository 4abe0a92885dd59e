import * as l10n from '@vscode/l10n';
import { readCrontab } from './crontab';
import type { ConfigForm } from './forms';
import { readHosts } from './hosts';
import { readIni } from './ini';
import { readIptablesSave } from './iptablesSave';
import { readJson } from './json';
import { readNginx } from './nginx';
import { readSshdConfig } from './sshdConfig';
import { readSysctl } from './sysctl';
import { readToml } from './toml';
import { type ConfigFile, NotParsed } from './tree';
import { readXml } from './xml';
import { readYaml } from './yaml';

const READERS: Readonly<Record<ConfigForm, (text: string) => ConfigFile>> = {
  json: readJson,
  yaml: readYaml,
  toml: readToml,
  ini: readIni,
  xml: readXml,
  nginx: readNginx,
  sshd_config: readSshdConfig,
  hosts: readHosts,
  crontab: readCrontab,
  sysctl: readSysctl,
  'iptables-save': readIptablesSave,
};

/** Of longer ones the tree would take much more memory, and the reader of YAML much longer. */
const MOST_CHARACTERS = 32 * 1024 * 1024;
const MOST_YAML_CHARACTERS = 4 * 1024 * 1024;

/** Reads a text as what it is said to be. Throws NotParsed, whatever the text holds. */
export function readConfig(text: string, form: ConfigForm): ConfigFile {
  const most = form === 'yaml' ? MOST_YAML_CHARACTERS : MOST_CHARACTERS;
  if (text.length > most) throw new NotParsed(l10n.t('it is longer than {0} MiB', most / 2 ** 20), 1, 1);
  try {
    return READERS[form](text.replaceAll('\r\n', '\n'));
  } catch (error) {
    // The stack of a parser that goes down with the nesting.
    if (error instanceof RangeError) throw new NotParsed(l10n.t('it is nested too deeply'), 1, 1);
    throw error;
  }
}
