import { count, wholeLines, words } from './text';

/** One interface since it appeared, see proc_pid_net(5). null for what the back end does not count. */
export interface InterfaceCounters {
  readonly name: string;
  readonly receivedBytes: number | null;
  readonly receivedPackets: number | null;
  readonly receiveErrors: number | null;
  readonly receiveDrops: number | null;
  readonly sentBytes: number | null;
  readonly sentPackets: number | null;
  readonly sendErrors: number | null;
  readonly sendDrops: number | null;
  readonly collisions: number | null;
}

/**
 * /proc/net/dev. Old kernels put no blank behind the colon, and an alias has a colon in its name. Every machine has an
 * interface, so null when no line is one.
 */
export function parseNetdev(text: string): readonly InterfaceCounters[] | null {
  const interfaces: InterfaceCounters[] = [];
  for (const line of wholeLines(text)) {
    const colon = line.lastIndexOf(':');
    const columns = words(line.slice(colon + 1));
    const name = line.slice(0, colon).trim();
    if (colon <= 0 || name === '' || columns.length < 16) continue;
    const at = (index: number): number | null => count(columns[index]);
    interfaces.push({
      name,
      receivedBytes: at(0),
      receivedPackets: at(1),
      receiveErrors: at(2),
      receiveDrops: at(3),
      sentBytes: at(8),
      sentPackets: at(9),
      sendErrors: at(10),
      sendDrops: at(11),
      collisions: at(13),
    });
  }
  return interfaces.length === 0 ? null : interfaces;
}
