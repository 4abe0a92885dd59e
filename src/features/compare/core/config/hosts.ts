import * as l10n from '@vscode/l10n';
import { ipFamily } from '../text/ipFamily';
import { sourceLines } from './lines';
import { type ConfigFile, type ConfigNode, NotParsed } from './tree';

interface Entry {
  readonly line: number;
  /** The first is the canonical one, whose place means something (hosts(5)). */
  readonly names: Set<string>;
}

/**
 * hosts(5): names by address, with all lines of an address as one. Lines that give a name another address of the same
 * family keep their order, as the first one is found. Throws NotParsed.
 */
export function readHosts(text: string): ConfigFile {
  const entries = new Map<string, Entry>();
  const addresses = new Map<string, Set<string>>();
  for (const source of sourceLines(text, '#')) {
    const [address = '', ...names] = (source.text.split('#')[0] ?? '').trim().toLowerCase().split(/\s+/u);
    const family = ipFamily(address);
    if (family === 0) throw new NotParsed(l10n.t('“{0}” is no IP address', address), source.line, source.indent + 1);
    const entry = entries.get(address) ?? { line: source.line, names: new Set() };
    entries.set(address, entry);
    for (const name of names) {
      entry.names.add(name);
      const key = `${family} ${name}`;
      addresses.set(key, (addresses.get(key) ?? new Set()).add(address));
    }
  }
  const nodes = Array.from(
    entries,
    ([
      address,
      {
        line,
        names: [canonical = '', ...aliases],
      },
    ]): ConfigNode => {
      const isShared = [canonical, ...aliases].some(
        (name) => (addresses.get(`${ipFamily(address)} ${name}`)?.size ?? 0) > 1,
      );
      const words = [address, canonical, ...aliases.sort()];
      return { text: words.join(' ').trimEnd(), line, key: isShared ? '' : address };
    },
  );
  return { isUnordered: true, children: nodes };
}
