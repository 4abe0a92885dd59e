import type { DeletedUse } from './deletedFiles';
import type { NamedProcess } from '../processes/names';
import type { DeletedFile } from './schema';

/** One entry a file, however many descriptors and processes hold it; largest first, unknown sizes last. */
export function deletedList(
  uses: readonly DeletedUse[],
  names: ReadonlyMap<number, NamedProcess>,
): readonly DeletedFile[] {
  const files = new Map<string, DeletedUse[]>();
  for (const use of uses) {
    const key = use.inode === null ? `${use.path} ${use.process.pid} ${use.how}` : `${use.device} ${use.inode}`;
    const known = files.get(key);
    if (known === undefined) files.set(key, [use]);
    else known.push(use);
  }
  return [...files.values()]
    .flatMap((group) => fileOf(group, names))
    .sort((one, other) => (other.sizeBytes ?? -1) - (one.sizeBytes ?? -1) || (one.path < other.path ? -1 : 1));
}

/** A map may not know the size that a descriptor of the same file tells. */
function fileOf(group: readonly DeletedUse[], names: ReadonlyMap<number, NamedProcess>): readonly DeletedFile[] {
  const first = group.find((use) => use.sizeBytes !== null) ?? group[0];
  if (first === undefined) return [];
  const { path, device, inode, sizeBytes, medium, mountPoint } = first;
  const byPid = new Map<number, DeletedUse[]>();
  for (const use of group) byPid.set(use.process.pid, [...(byPid.get(use.process.pid) ?? []), use]);
  return [
    {
      path,
      device,
      inode,
      sizeBytes,
      medium,
      mountPoint,
      holders: [...byPid.values()].flatMap((own) => {
        const process = own[0]?.process;
        if (process === undefined) return [];
        const { pid, startTicks, name } = process;
        const { name: whole = name, user = null } = names.get(pid) ?? {};
        return [{ pid, startTicks, name: whole, user, how: own.map((use) => use.how) }];
      }),
    },
  ];
}

/** Bytes on disks, and in memory. */
export function deletedBytes(files: readonly DeletedFile[]): { readonly disk: number; readonly memory: number } {
  let disk = 0;
  let memory = 0;
  for (const { medium, sizeBytes } of files) {
    if (medium === 'disk') disk += sizeBytes ?? 0;
    else memory += sizeBytes ?? 0;
  }
  return { disk, memory };
}
