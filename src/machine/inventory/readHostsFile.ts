import * as l10n from '@vscode/l10n';
import { messageOf } from '../../lib/errors';
import { plainReason } from '../../lib/reasons';
import type { HostPolicy } from '../machines';
import type { InventoryCollector } from './collect';
import { type GroupEntry, groupEntry, type HostEntry, hostEntry } from './hostsFile';
import { expandRange } from './ranges';
import { entriesOf, isRecord, type YamlFile, type YamlPath } from './yamlFile';

/** Groups within groups. */
const MAX_DEPTH = 32;

/** What the groups around a place say, the outermost first. */
interface Surroundings {
  /** 'shop/web'; '' outside of groups. */
  readonly group: string;
  readonly entries: readonly GroupEntry[];
}

interface Reading {
  readonly path: string;
  readonly file: YamlFile;
  readonly collector: InventoryCollector;
}

/** Reads a `*.hosts.yaml` (its format: hostsFile.ts). What is wrong in it becomes problems with their lines. */
export function readHostsFile(path: string, file: YamlFile, collector: InventoryCollector): void {
  const reading = { path, file, collector };
  for (const { line, message } of file.problems) collector.problem(path, line, message);
  if (file.data === null) return;
  if (!isRecord(file.data)) {
    collector.problem(path, 1, l10n.t('“hosts” or “groups” is expected'));
    return;
  }
  for (const key of Object.keys(file.data)) {
    if (!['hosts', 'groups', '$schema'].includes(key)) problem(reading, [key], l10n.t('“{0}” is not known here', key));
  }
  // What stands with the host itself counts before what its groups say.
  readHosts(file.data['hosts'], ['hosts'], { group: '', entries: [] }, reading);
  readGroups(file.data['groups'], ['groups'], { group: '', entries: [] }, reading);
}

function readGroups(value: unknown, path: YamlPath, around: Surroundings, reading: Reading): void {
  if (value == null) return;
  if (!isRecord(value) || path.length > 2 * MAX_DEPTH) {
    problem(reading, path, l10n.t('groups must be a map, and not too deep'));
    return;
  }
  for (const [name, content] of Object.entries(value)) {
    const place = [...path, name];
    if (name === '' || name.includes('/')) problem(reading, place, l10n.t('“{0}” cannot be the name of a group', name));
    else if (content !== null && !isRecord(content)) problem(reading, place, l10n.t('“{0}” is no group', name));
    else if (content !== null) readGroup(name, content, place, around, reading);
  }
}

function readGroup(
  name: string,
  content: Readonly<Record<string, unknown>>,
  path: YamlPath,
  around: Surroundings,
  reading: Reading,
): void {
  const { hosts, groups, ...rest } = content;
  const entry = checked(groupEntry, rest, path, reading);
  const inside = {
    group: around.group === '' ? name : `${around.group}/${name}`,
    entries: [...around.entries, entry],
  };
  readHosts(hosts, [...path, 'hosts'], inside, reading);
  readGroups(groups, [...path, 'groups'], inside, reading);
}

function readHosts(value: unknown, path: YamlPath, around: Surroundings, reading: Reading): void {
  if (value == null) return;
  if (!Array.isArray(value) && !isRecord(value)) {
    problem(reading, path, l10n.t('hosts must be a list of names, or a map'));
    return;
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  for (const [index, item] of items.entries()) {
    const place = [...path, index];
    if (typeof item === 'string') addHosts(item, {}, place, around, reading);
    else problem(reading, place, l10n.t('the name of a host is expected; one with brackets stands in quotes'));
  }
  if (Array.isArray(value)) return;
  for (const [pattern, content] of entriesOf(value)) {
    const place = [...path, pattern];
    if (content === null) addHosts(pattern, {}, place, around, reading);
    else addHosts(pattern, checked(hostEntry, content, place, reading), place, around, reading);
  }
}

function addHosts(pattern: string, entry: HostEntry, path: YamlPath, around: Surroundings, reading: Reading): void {
  const names = namesOf(pattern, path, reading);
  if (names.length > 1 && entry.address !== undefined) {
    problem(reading, [...path, 'address'], l10n.t('an address cannot be that of several hosts'));
  }
  const nearest = [entry, ...[...around.entries].reverse()];
  const source = { kind: 'hosts-file', file: reading.path, line: reading.file.lineOf(path) } as const;
  const found = {
    source,
    address: names.length === 1 ? (entry.address ?? null) : null,
    port: nearest.find(({ port }) => port !== undefined)?.port ?? null,
    user: nearest.find(({ user }) => user !== undefined)?.user ?? null,
    groups: around.group === '' ? [] : [around.group],
    tags: nearest.flatMap(({ tags = [] }) => tags),
    note: entry.note ?? '',
    policy: nearest.reduceRight<Partial<HostPolicy>>((sum, { policy }) => ({ ...sum, ...stated(policy) }), {}),
  };
  for (const name of names) reading.collector.add({ ...found, name });
}

function namesOf(pattern: string, path: YamlPath, reading: Reading): readonly string[] {
  try {
    return expandRange(pattern);
  } catch (error) {
    problem(reading, path, messageOf(error));
    return [];
  }
}

/** Without what is not said. */
function stated(policy: HostEntry['policy']): Partial<HostPolicy> {
  return Object.fromEntries(Object.entries(policy ?? {}).filter(([, value]) => value !== undefined));
}

interface Check<T> {
  safeParse(
    value: unknown,
    options?: { readonly error: typeof plainReason },
  ):
    | { readonly success: true; readonly data: T }
    | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly code?: string;
  readonly message: string;
  readonly keys?: readonly string[];
}

/** What is right of it; what is not is a problem and left out. */
function checked<T extends HostEntry | GroupEntry>(
  check: Check<T>,
  value: unknown,
  path: YamlPath,
  reading: Reading,
): T {
  const first = check.safeParse(value, { error: plainReason });
  if (first.success) return first.data;
  const wrong = new Set<string>();
  for (const issue of first.error.issues) {
    const inside = issue.keys?.length ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
    const place = inside.map((step) => (typeof step === 'number' ? step : String(step)));
    const name = place.join('.');
    const unknown = issue.code === 'unrecognized_keys';
    problem(
      reading,
      [...path, ...place],
      unknown ? l10n.t('“{0}” is not known here', name) : [name, issue.message].filter(Boolean).join(': '),
    );
    for (const key of issue.path.length === 0 && issue.keys ? issue.keys : [String(place[0] ?? '')]) wrong.add(key);
  }
  const kept = Object.fromEntries(entriesOf(value).filter(([key]) => !wrong.has(key)));
  const second = check.safeParse(kept);
  return second.success ? second.data : ({} as T);
}

function problem(reading: Reading, path: YamlPath, message: string): void {
  reading.collector.problem(reading.path, reading.file.lineOf(path), message);
}
