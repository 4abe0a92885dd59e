import { count, wholeLines } from './text';

/** /proc/net/bonding/NAME, see Documentation/networking/bonding.rst of the kernel. */
export interface Bond {
  /** Such as 'fault-tolerance (active-backup)'. */
  readonly mode: string | null;
  readonly activeSlave: string | null;
  readonly linkUp: boolean | null;
  readonly slaves: readonly BondSlave[];
}

export interface BondSlave {
  readonly name: string;
  readonly linkUp: boolean | null;
  readonly speed: string | null;
  readonly linkFailures: number | null;
}

/** Lines of `name: value`; each `Slave Interface` begins the part of one. */
export function parseBonding(text: string): Bond {
  const [head = new Map<string, string>(), ...slaves] = parts(text);
  return {
    mode: head.get('Bonding Mode') ?? null,
    activeSlave: known(head.get('Currently Active Slave')),
    linkUp: linkUp(head.get('MII Status')),
    slaves: slaves.map((part) => ({
      name: part.get('Slave Interface') ?? '',
      linkUp: linkUp(part.get('MII Status')),
      speed: known(part.get('Speed')),
      linkFailures: count(part.get('Link Failure Count')),
    })),
  };
}

function parts(text: string): readonly Map<string, string>[] {
  let part = new Map<string, string>();
  const all = [part];
  for (const line of wholeLines(text)) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const name = line.slice(0, colon).trim();
    if (name === 'Slave Interface') {
      part = new Map();
      all.push(part);
    }
    // What comes later under a name of the first part, as of 802.3ad, tells of something else.
    if (!part.has(name)) part.set(name, line.slice(colon + 1).trim());
  }
  return all;
}

function known(text: string | undefined): string | null {
  return text === undefined || text === '' || text === 'None' || text === 'Unknown' ? null : text;
}

function linkUp(status: string | undefined): boolean | null {
  return status === undefined ? null : status === 'up';
}
