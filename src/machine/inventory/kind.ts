import { isRecord, parseYaml, type YamlFile } from './yamlFile';

export type InventoryKind =
  | { readonly kind: 'ansible-ini' }
  | { readonly kind: 'ansible-yaml' | 'hosts-file'; readonly yaml: YamlFile }
  /** A program, or the configuration of a plugin that asks somebody. */
  | { readonly kind: 'dynamic' };

const OWN_KEYS: ReadonlySet<string> = new Set(['hosts', 'groups', '$schema']);

/** What an inventory is written in, by its name and, where that does not tell, by what stands in it. */
export function inventoryKind(file: string, content: { readonly text: string }): InventoryKind {
  const { text } = content;
  if (/\.hosts\.ya?ml$/iu.test(file)) return { kind: 'hosts-file', yaml: parseYaml(text, '1.2') };
  // A compiled program has zero bytes.
  if (text.startsWith('#!') || text.includes('\u0000')) return { kind: 'dynamic' };
  if (!/\.(?:ya?ml|json)$/iu.test(file) && !looksLikeYaml(text)) return { kind: 'ansible-ini' };
  const yaml = parseYaml(text, '1.1');
  const keys = isRecord(yaml.data) ? Object.keys(yaml.data) : [];
  if (keys.includes('plugin')) return { kind: 'dynamic' };
  if (keys.length === 0 || !keys.every((key) => OWN_KEYS.has(key))) return { kind: 'ansible-yaml', yaml };
  return { kind: 'hosts-file', yaml: parseYaml(text, '1.2') };
}

/** The first line that says something: `---`, `{` or a key alone with its colon. An INI line of a host has no such. */
function looksLikeYaml(text: string): boolean {
  const first = /^(?!\s*(?:[#;]|$))[^\n]*/mu.exec(text)?.[0].trim() ?? '';
  return /^(?:---|\{|[\w.-]+:$|[\w.-]+:\s+\{)/u.test(first);
}
