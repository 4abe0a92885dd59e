import { fileKey, type StatText } from '../kernel/statText';
import { isBelow, type MountTable, type Place } from './mountTable';

export type Question = 'file' | 'folder' | 'mount';
export type MatchedBy = 'inode' | 'path';

/** What is asked for. */
export interface Sought {
  readonly question: Question;
  readonly path: string;
  readonly stat: StatText | null;
  /** false: it is gone, and only deleted files of its name can be meant. */
  readonly exists: boolean | null;
  readonly place: Place | null;
  /** Of the file system asked for; btrfs tells another one in stat(2) than in mountinfo. */
  readonly devices: ReadonlySet<string>;
}

/** Something a process holds. */
export interface Candidate {
  readonly path: string;
  readonly deleted: boolean;
  readonly stat: Pick<StatText, 'device' | 'inode'> | null;
  /** The mounts that the process sees; null where they are not known. */
  readonly mounts: MountTable | null;
  readonly otherNamespace: boolean;
}

/** Why it is what was sought, or null. By device and inode where they are known: names can lie, inodes cannot. */
export function matched(sought: Sought, candidate: Candidate): MatchedBy | null {
  switch (sought.question) {
    case 'file':
      return matchedFile(sought, candidate);
    case 'folder':
      return matchedFile(sought, candidate) ?? matchedBelow(sought, candidate);
    case 'mount':
      return matchedMount(sought, candidate);
  }
}

function matchedFile(sought: Sought, candidate: Candidate): MatchedBy | null {
  const { path, stat, otherNamespace, deleted } = candidate;
  if (sought.stat !== null && stat !== null) {
    if (fileKey(sought.stat) === fileKey(stat)) return 'inode';
    // Of a mapped file btrfs tells another device than of an open one.
    return !deleted && sought.stat.inode === stat.inode && samePlace(sought.place, placeOf(candidate)) ? 'inode' : null;
  }
  if (sought.exists === false) return deleted && !otherNamespace && path === sought.path ? 'path' : null;
  return !deleted && samePlace(sought.place, placeOf(candidate)) ? 'path' : null;
}

function matchedBelow(sought: Sought, candidate: Candidate): MatchedBy | null {
  if (!candidate.otherNamespace && isBelow(candidate.path, sought.path)) return 'path';
  const place = placeOf(candidate);
  if (place === null || sought.place === null) return null;
  const below = place.mount.device === sought.place.mount.device && isBelow(place.inside, sought.place.inside);
  return below ? 'path' : null;
}

function matchedMount(sought: Sought, candidate: Candidate): MatchedBy | null {
  if (candidate.stat !== null && sought.devices.has(candidate.stat.device)) return 'inode';
  // A socket or a pipe has a device too, but no path.
  const place = placeOf(candidate);
  return place !== null && sought.devices.has(place.mount.device) ? 'path' : null;
}

function placeOf({ path, mounts }: Candidate): Place | null {
  return mounts?.placeOf(path) ?? null;
}

function samePlace(one: Place | null, other: Place | null): boolean {
  return one !== null && other !== null && one.mount.device === other.mount.device && one.inside === other.inside;
}
