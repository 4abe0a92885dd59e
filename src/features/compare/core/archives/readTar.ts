import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { FileKind } from '../../../../machine/machine';
import type { TreeEntry } from '../trees/entry';
import type { ByteReader } from './byteReader';
import { ArchiveTable, memberPath } from './table';
import { tarMembers, type TarMember } from './tar';

export interface TableOptions {
  /** Whether files are hashed as they come by. */
  readonly hash: boolean;
  /** Whether the content of a file is to be kept. */
  readonly keep: (path: string, sizeBytes: number) => boolean;
}

type Told = Omit<TreeEntry, 'name'>;

const KINDS: Readonly<Record<string, FileKind>> = {
  2: 'symlink',
  3: 'character',
  4: 'block',
  5: 'directory',
  6: 'fifo',
  D: 'directory',
};

/** Reads a tar archive once from its start to its end. Throws DamagedArchive. */
export async function readTar(reader: ByteReader, options: TableOptions): Promise<ArchiveTable> {
  const table = new ArchiveTable();
  for await (const member of tarMembers(reader)) {
    // The label of a volume, and what goes on in another one.
    if (member.type === 'V' || member.type === 'M') continue;
    table.add(member.name, member.type === '1' ? linkedTo(table, member) : await toldOf(table, member, options));
  }
  return table;
}

async function toldOf(table: ArchiveTable, member: TarMember, options: TableOptions): Promise<Told> {
  const { mode, uid, gid, modifiedMs, sizeBytes, linkName, isSparse } = member;
  const kind = KINDS[member.type] ?? 'file';
  const told = {
    kind,
    stat: { sizeBytes, mode, uid, gid, modifiedMs },
    linkTarget: kind === 'symlink' ? linkName : null,
    failure: null,
  };
  if (kind !== 'file') return told;
  if (isSparse) return { ...told, failure: failed(l10n.t('a file with holes, which is not read from an archive')) };
  const path = memberPath(member.name) ?? '';
  const parts: Buffer[] | null = options.keep(path, sizeBytes) ? [] : null;
  const hash = options.hash ? createHash('sha256') : null;
  if (hash === null && parts === null) return told;
  for (let part = await member.some(); part !== null; part = await member.some()) {
    hash?.update(part);
    parts?.push(Buffer.from(part));
  }
  if (parts !== null) table.kept.set(path, Buffer.concat(parts));
  return hash === null ? told : { ...told, sha256: hash.digest('hex') };
}

/** Another name of a file that came before. */
function linkedTo(table: ArchiveTable, { name, linkName }: TarMember): Told {
  const target = memberPath(linkName);
  const file = target === null ? null : table.find(target);
  if (file?.kind !== 'file') {
    const failure = failed(l10n.t('a hard link to {0}, which is not before it in the archive', linkName));
    return { kind: 'file', stat: null, linkTarget: null, failure };
  }
  table.hardLinks.set(memberPath(name) ?? '', target ?? '');
  return file;
}

function failed(message: string): NonNullable<TreeEntry['failure']> {
  return { kind: 'failure', code: 'failed', message };
}
