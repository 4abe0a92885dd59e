import { decodeBytes } from './bytes';

/** What the control groups of a process tell of where it belongs. */
export interface ProcessGroups {
  /** Path in the hierarchy of cgroup v2, or in that of systemd in v1. */
  readonly path: string | null;
  /** ID or name of the innermost container. */
  readonly container: string | null;
  /** systemd's unit, as systemctl takes it: with its escapes, such as \x2d. */
  readonly unit: string | null;
}

const NO_GROUPS: ProcessGroups = { path: null, container: null, unit: null };
const DELETED = ' (deleted)';

/**
 * /proc/PID/cgroup, see cgroups(7): lines of `number:controllers:path`. Kernels without a group for a controller show
 * its root there, so the first path that is not the root tells more. `text`: every character is a byte.
 */
export function parseProcessCgroup(text: string): ProcessGroups {
  let unified: string | null = null;
  let systemd: string | null = null;
  let container: string | null = null;
  for (const line of text.split('\n')) {
    const first = line.indexOf(':');
    const second = line.indexOf(':', first + 1);
    if (first < 0 || second < 0) continue;
    const path = withoutRemark(line.slice(second + 1));
    const controllers = line.slice(first + 1, second);
    if (controllers === '') unified = path;
    else if (controllers === 'name=systemd') systemd = path;
    container ??= containerOf(path);
  }
  const path = unified === null || (unified === '/' && systemd !== null) ? systemd : unified;
  if (path === null && container === null) return NO_GROUPS;
  return { path: path === null ? null : decodeBytes(path), container, unit: path === null ? null : unitOf(path) };
}

function withoutRemark(path: string): string {
  return path.endsWith(DELETED) ? path.slice(0, -DELETED.length) : path;
}

/** What the runtimes call the groups of containers, innermost first. */
function containerOf(path: string): string | null {
  if (path.length < 2) return null;
  const segments = path.split('/');
  for (let index = segments.length - 1; index > 0; index--) {
    const segment = segments[index] ?? '';
    const found = hashedName(segment) ?? payloadName(segment) ?? nameBelow(segments[index - 1], segment);
    if (found !== null) return found;
  }
  return null;
}

/**
 * docker, containerd, CRI-O, podman and Kubernetes: 64 hexadecimal digits, alone, or as docker-ID.scope,
 * cri-containerd-ID.scope, crio-ID.scope, libpod-ID.scope, or after a slice and colons. The monitor of a container
 * (libpod-conmon-ID.scope) is outside of it. ECS on Fargate: 32 digits, a hyphen and a number.
 */
function hashedName(segment: string): string | null {
  const [, prefix = '', id] = /^(.*[-:])?([0-9a-f]{64})(?:\.scope)?$/.exec(segment) ?? [];
  if (id !== undefined) return prefix.includes('conmon') ? null : id;
  return /^[0-9a-f]{32}-\d{5,}$/.test(segment) ? segment : null;
}

/** LXC and Incus (lxc.payload.NAME), systemd-nspawn and libvirt's containers (machine-NAME.scope). */
function payloadName(segment: string): string | null {
  if (segment.startsWith('lxc.payload.')) return decodeBytes(segment.slice('lxc.payload.'.length));
  if (!segment.startsWith('machine-') || !segment.endsWith('.scope')) return null;
  const name = unescaped(segment.slice('machine-'.length, -'.scope'.length));
  return name.startsWith('qemu-') ? null : name;
}

/** /lxc/NAME of older LXC, /docker/buildkit/ID of builds. */
function nameBelow(folder: string | undefined, segment: string): string | null {
  const below = folder === 'lxc' || folder === 'lxc.payload' || folder === 'buildkit';
  return below && segment !== '' ? decodeBytes(segment) : null;
}

/** systemd writes bytes that would mean something else as \xHH. */
function unescaped(name: string): string {
  const bytes = name.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return decodeBytes(bytes);
}

const UNIT = /\.(?:service|scope|socket|mount|swap)$/;

/** The innermost unit; that of a manager itself (user@1000.service/init.scope) is called by the manager's name. */
function unitOf(path: string): string | null {
  let manager: string | null = null;
  const segments = path.split('/');
  for (let index = segments.length - 1; index > 0; index--) {
    const segment = segments[index] ?? '';
    if (!UNIT.test(segment)) continue;
    // What could be taken for a file of the kernel has an underscore before it.
    const unit = decodeBytes(segment.startsWith('_') ? segment.slice(1) : segment);
    if (unit !== 'init.scope') return unit;
    manager = unit;
  }
  return manager;
}
