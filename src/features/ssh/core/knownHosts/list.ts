import { decodePath, encodePath } from '../../../../lib/bytePath';
import { ExpectedError, throwIfCancelled } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { keyFingerprint } from '../../../../machine/ssh/keys/publicKey';
import { matchesName } from '../../../../machine/ssh/knownHosts/names';
import { parseKnownHosts, type KnownHostLine } from '../../../../machine/ssh/knownHosts/parse';
import { digestOf } from '../keys/editedFile';
import { expandHome, sshFolder, within } from '../keys/sshFolder';
import type { KnownHostsInput } from './inputs';
import { namesAndPort, wantedName } from './names';
import { findProblems, type LineProblems } from './problems';
import type { KnownHostRow, KnownHostsFile, KnownHostsResult } from './schema';

interface ReadFile {
  readonly file: KnownHostsFile;
  readonly text: string;
}

/** All lines of the files, or those about one host, with what is wrong with them. */
export async function listKnownHosts(
  { host, file }: KnownHostsInput,
  machine: Machine,
  signal: AbortSignal,
): Promise<KnownHostsResult> {
  const paths = file === undefined ? await defaultFiles(machine, signal) : [await expandHome(machine, file, signal)];
  const read = await Promise.all(paths.map((path) => readFile(machine, path, signal)));
  const name = host === undefined ? null : wantedName(host);
  const all = read.flatMap(({ file: { path }, text }) => parseKnownHosts(text, path));
  const lines = name === null ? all : all.filter((line) => line.kind === 'entry' && matchesName(line, name));
  const problems = findProblems(lines, name !== null);
  const texts = new Map(read.map(({ file: { path }, text }) => [path, text.split('\n')]));
  const rows = lines.map((line, index) => {
    const text = texts.get(line.file)?.[line.line - 1] ?? '';
    return rowOf(line, lineDigest(text), problems[index] ?? { problems: [], other: null }, name);
  });
  return { machine: machine.name, host: name, files: read.map((one) => one.file), lines: rows };
}

/** Of a line without its newline. */
export function lineDigest(text: string): string {
  return digestOf(encodePath(text));
}

async function defaultFiles(machine: Machine, signal: AbortSignal): Promise<readonly string[]> {
  const own = await sshFolder(machine, signal);
  const system = machine.platform === 'win32' ? 'C:/ProgramData/ssh' : '/etc/ssh';
  return [
    within(own, 'known_hosts'),
    within(own, 'known_hosts2'),
    within(system, 'ssh_known_hosts'),
    within(system, 'ssh_known_hosts2'),
  ];
}

async function readFile(machine: Machine, path: string, signal: AbortSignal): Promise<ReadFile> {
  try {
    const text = decodePath(await machine.files.read(path, { signal }));
    const mode = await modeOf(machine, path, signal);
    const writableByOthers = mode !== null && (mode & 0o022) !== 0;
    return { text, file: { path, state: 'read', message: null, mode, writableByOthers } };
  } catch (error) {
    throwIfCancelled(signal);
    if (!(error instanceof ExpectedError)) throw error;
    const state = error.code === 'missing' ? 'missing' : 'failed';
    const message = state === 'missing' ? null : error.message;
    return { text: '', file: { path, state, message, mode: null, writableByOthers: false } };
  }
}

/** null where a mode says nothing. */
async function modeOf(machine: Machine, path: string, signal: AbortSignal): Promise<number | null> {
  if (machine.platform === 'win32') return null;
  return (await machine.files.stat(await machine.files.resolve(path, signal), signal)).mode;
}

function rowOf(
  line: KnownHostLine,
  digest: string,
  { problems, other }: LineProblems,
  name: string | null,
): KnownHostRow {
  const hashed = line.hosts.startsWith('|');
  const shown = namesAndPort(hashed ? (name ?? '') : line.hosts);
  const key = line.kind === 'entry' ? line.key : null;
  return {
    file: line.file,
    line: line.line,
    lineDigest: digest,
    hosts: shown.names,
    port: hashed && name === null ? null : shown.port,
    hashed,
    marker: line.marker,
    keyType: key?.type ?? null,
    label: key?.label ?? null,
    bits: key?.bits ?? null,
    fingerprint: key === null ? null : keyFingerprint(key),
    comment: line.kind === 'entry' ? line.comment : '',
    problems: [...problems],
    other: other === null ? null : `${other.file}:${other.line}`,
  };
}
