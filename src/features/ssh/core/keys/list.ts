import type { Machine } from '../../../../machine/machine';
import { parseAuthorizedKeys } from '../../../../machine/ssh/keys/authorizedKeys';
import { readKey, type ReadKey } from '../../../../machine/ssh/keys/keyText';
import { parsePrivateKey, type PrivateKeyFacts } from '../../../../machine/ssh/keys/privateKey';
import {
  fingerprintOf,
  keyFingerprint,
  parsePublicKey,
  type PublicKeyFacts,
} from '../../../../machine/ssh/keys/publicKey';
import { readAgent } from './agent';
import { readSshFolder, type FolderFile } from './folder';
import { certificateProblems, typeProblems } from './problems';
import type { AuthorizedRow, CertificateRow, KeyProblem, KeysResult, PrivateKeyRow, PublicKeyRow } from './schema';
import { sshFolder } from './sshFolder';

/** The keys of the user of that machine; nothing of a private half is in the result. */
export async function listKeys(machine: Machine, nowMs: number, signal: AbortSignal): Promise<KeysResult> {
  const [folder, agent] = await Promise.all([
    sshFolder(machine, signal).then((path) => readSshFolder(machine, path, signal)),
    readAgent(machine, signal),
  ]);
  const publics = publicKeysIn(folder.files);
  const privateKeys = folder.files.flatMap((file) => privateRow(file, publics, nowMs));
  const paired = new Set(privateKeys.flatMap(({ file }) => [`${file}.pub`, `${file}-cert.pub`]));
  return {
    machine: machine.name,
    takenAtMs: nowMs,
    folder: folder.path,
    folderMode: folder.mode,
    folderOpen: folder.mode !== null && (folder.mode & 0o022) !== 0,
    privateKeys,
    publicKeys: [...publics].filter(([file]) => !paired.has(file)).map(([file, read]) => publicRow(file, read, nowMs)),
    agent,
    authorizedKeys: folder.files.filter(isAuthorizedKeys).flatMap(authorizedRows),
    unread: folder.files.flatMap(({ path, failure }) => (failure === null ? [] : [{ file: path, message: failure }])),
  };
}

type PublicKeys = ReadonlyMap<string, ReadKey>;

function publicKeysIn(files: readonly FolderFile[]): PublicKeys {
  const found = new Map<string, ReadKey>();
  for (const { path, text } of files) {
    if (!path.endsWith('.pub') || text === null) continue;
    const read = readKey(text.trimStart().split('\n')[0] ?? '');
    if (read !== null) found.set(path, read);
  }
  return found;
}

function privateRow(
  { path, text, mode, modifiedAtMs }: FolderFile,
  publics: PublicKeys,
  nowMs: number,
): PrivateKeyRow[] {
  const facts = text === null ? null : parsePrivateKey(text);
  if (facts === null) return [];
  const beside = publics.get(`${path}.pub`);
  const own = factsOf(facts.publicBlob);
  const key = own ?? beside?.key ?? null;
  const certified = publics.get(`${path}-cert.pub`);
  const certificate = certified?.key.certificate ?? null;
  const foreign = [beside, certified].some((other) => own !== null && other !== undefined && !isSame(own, other.key));
  const problems: KeyProblem[] = [
    ...(key === null && !facts.encrypted ? ['broken' as const] : []),
    ...(key === null ? [] : typeProblems(key)),
    ...(facts.encrypted ? [] : ['not-encrypted' as const]),
    ...(mode !== null && (mode & 0o077) !== 0 ? ['open' as const] : []),
    ...(foreign ? ['other-public-key' as const] : []),
    ...certificateProblems(certificate, nowMs),
  ];
  return [
    {
      file: path,
      format: facts.format,
      ...keyColumns(key),
      comment: commentOf(facts, own, beside),
      problems,
      encrypted: facts.encrypted,
      mode,
      modifiedAtMs,
      certificate: certified === undefined ? null : certificateRow(`${path}-cert.pub`, certified.key),
    },
  ];
}

/** A comment of another key's file says nothing about this one. */
function commentOf(facts: PrivateKeyFacts, own: PublicKeyFacts | null, beside: ReadKey | undefined): string {
  if (facts.comment !== '' || beside === undefined) return facts.comment;
  return own === null || isSame(own, beside.key) ? beside.comment : '';
}

function publicRow(file: string, { key, comment }: ReadKey, nowMs: number): PublicKeyRow {
  const problems = [...typeProblems(key), ...certificateProblems(key.certificate, nowMs)];
  return { file, ...keyColumns(key), comment, problems, certificate: certificateRow(file, key) };
}

function authorizedRows({ path, text }: FolderFile): readonly AuthorizedRow[] {
  const texts = (text ?? '').split('\n');
  return parseAuthorizedKeys(text ?? '').map((line) => {
    const place = { file: path, line: line.line, text: texts[line.line - 1] ?? '' };
    if (line.kind === 'broken') {
      return { ...place, options: '', ...keyColumns(null), comment: '', problems: ['broken' as const] };
    }
    const { options, key, comment } = line;
    return { ...place, options, ...keyColumns(key), comment, problems: [...typeProblems(key)] };
  });
}

function isAuthorizedKeys({ path }: FolderFile): boolean {
  return /[\\/]authorized_keys2?$/.test(path);
}

export function keyColumns(
  key: PublicKeyFacts | null,
): { label: string; bits: number; fingerprint: string } | { label: null; bits: null; fingerprint: null } {
  if (key === null) return { label: null, bits: null, fingerprint: null };
  return { label: key.label, bits: key.bits, fingerprint: keyFingerprint(key) };
}

function certificateRow(file: string, { certificate }: PublicKeyFacts): CertificateRow | null {
  if (certificate === null) return null;
  const { kind, keyId, serial, principals, validAfterMs, validBeforeMs, caBlob } = certificate;
  const caFingerprint = fingerprintOf(caBlob);
  return { file, kind, keyId, serial, principals: [...principals], validAfterMs, validBeforeMs, caFingerprint };
}

function isSame(one: PublicKeyFacts, other: PublicKeyFacts): boolean {
  return Buffer.compare(one.plainBlob, other.plainBlob) === 0;
}

function factsOf(blob: Uint8Array | null): PublicKeyFacts | null {
  try {
    return blob === null ? null : parsePublicKey(blob);
  } catch {
    return null; // The row tells that it cannot be read.
  }
}
