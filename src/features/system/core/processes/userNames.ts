import { isCancelled } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { parsePasswd } from '../kernel/passwd';

const DEADLINE_MS = 2_000;
/** One command line has room for more; a machine with so many unknown users has another trouble. */
const MOST_ASKED = 200;

/** Names of users by their numbers: from /etc/passwd, and for others, such as those of LDAP, from the name service. */
export class UserNames {
  private local: ReadonlyMap<number, string> = new Map();
  private readonly asked = new Map<number, string | null>();
  private readonly unknown = new Set<number>();

  constructor(private readonly machine: Machine) {}

  /** `passwd`: every character is a byte. */
  take(passwd: string): void {
    this.local = parsePasswd(passwd);
  }

  /** The number as a text where it has no name, or none yet: `resolve` may find one. */
  nameOf(uid: number): string {
    const name = this.local.get(uid) ?? this.asked.get(uid);
    if (name === undefined) this.unknown.add(uid);
    return name ?? String(uid);
  }

  /** Asks for those that were met and are not known, each once. True when there is a new name. */
  async resolve(signal: AbortSignal): Promise<boolean> {
    if (this.unknown.size === 0) return false;
    const uids = [...this.unknown].slice(0, MOST_ASKED);
    this.unknown.clear();
    for (const uid of uids) this.asked.set(uid, null);
    try {
      const command = ['getent', 'passwd', ...uids.map(String)];
      const { stdout } = await this.machine.exec(command, { signal, deadlineMs: DEADLINE_MS });
      const names = parsePasswd(Buffer.from(stdout).toString('latin1'));
      for (const [uid, name] of names) this.asked.set(uid, name);
      return names.size > 0;
    } catch (error) {
      if (isCancelled(error)) throw error;
      // Without the program, or when the name service is silent, numbers stand for themselves.
      return false;
    }
  }
}
