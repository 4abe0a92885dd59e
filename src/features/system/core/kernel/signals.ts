/** What a signal does to a process that neither handles nor ignores it, see signal(7). */
export type SignalEffect = 'terminate' | 'core' | 'stop' | 'continue' | 'ignore';

/**
 * Numbers, names and default effects of signal(7) as on x86, ARM, POWER, RISC-V and s390. (MIPS, SPARC, Alpha and
 * PA-RISC number some differently, though not HUP, INT, QUIT, ABRT, KILL, ALRM, TERM.)
 */
const SIGNALS: readonly (readonly [number: number, name: string, effect: SignalEffect])[] = [
  [1, 'SIGHUP', 'terminate'],
  [2, 'SIGINT', 'terminate'],
  [3, 'SIGQUIT', 'core'],
  [4, 'SIGILL', 'core'],
  [5, 'SIGTRAP', 'core'],
  [6, 'SIGABRT', 'core'],
  [7, 'SIGBUS', 'core'],
  [8, 'SIGFPE', 'core'],
  [9, 'SIGKILL', 'terminate'],
  [10, 'SIGUSR1', 'terminate'],
  [11, 'SIGSEGV', 'core'],
  [12, 'SIGUSR2', 'terminate'],
  [13, 'SIGPIPE', 'terminate'],
  [14, 'SIGALRM', 'terminate'],
  [15, 'SIGTERM', 'terminate'],
  [16, 'SIGSTKFLT', 'terminate'],
  [17, 'SIGCHLD', 'ignore'],
  [18, 'SIGCONT', 'continue'],
  [19, 'SIGSTOP', 'stop'],
  [20, 'SIGTSTP', 'stop'],
  [21, 'SIGTTIN', 'stop'],
  [22, 'SIGTTOU', 'stop'],
  [23, 'SIGURG', 'ignore'],
  [24, 'SIGXCPU', 'core'],
  [25, 'SIGXFSZ', 'core'],
  [26, 'SIGVTALRM', 'terminate'],
  [27, 'SIGPROF', 'terminate'],
  [28, 'SIGWINCH', 'ignore'],
  [29, 'SIGIO', 'terminate'],
  [30, 'SIGPWR', 'terminate'],
  [31, 'SIGSYS', 'core'],
];

/** Other names of the same signals. */
const ALIASES: ReadonlyMap<string, number> = new Map([
  ['SIGIOT', 6],
  ['SIGCLD', 17],
  ['SIGPOLL', 29],
  ['SIGUNUSED', 31],
]);

/** Real-time signals as glibc gives them out: it keeps 32 and 33 for its threads. (musl begins with 35.) */
const REALTIME_MIN = 34;
const REALTIME_MAX = 64;

export const SIGKILL = 9;
export const SIGTERM = 15;
export const SIGCONT = 18;
export const SIGSTOP = 19;

/** All of them by their usual names, in the order of their numbers. */
export const SIGNAL_NAMES: readonly string[] = [
  ...SIGNALS.map(([, name]) => name),
  ...Array.from({ length: REALTIME_MAX - REALTIME_MIN + 1 }, (_, step) => signalName(REALTIME_MIN + step)),
];

/** 'SIGTERM', 'term', '15', 'SIGRTMIN+3', 'RTMAX-1' → the number; null when there is no such signal. */
export function parseSignal(text: string): number | null {
  const wanted = text.trim().toUpperCase();
  if (/^\d{1,2}$/.test(wanted)) return inRange(Number(wanted), 1);
  const name = wanted.startsWith('SIG') ? wanted : `SIG${wanted}`;
  const realtime = /^SIGRT(MIN|MAX)(?:([+-])(\d{1,2}))?$/.exec(name);
  if (realtime !== null) return realtimeNumber(realtime[1] ?? '', realtime[2], Number(realtime[3] ?? 0));
  return SIGNALS.find(([, known]) => known === name)?.[0] ?? ALIASES.get(name) ?? null;
}

/** As bash's `kill -l` has it, with SIG: real-time signals are counted from the nearer end. */
export function signalName(number: number): string {
  const known = SIGNALS.find(([own]) => own === number);
  if (known !== undefined) return known[1];
  const fromMin = number - REALTIME_MIN;
  const toMax = REALTIME_MAX - number;
  if (fromMin < 0 || toMax < 0) return `SIG${number}`;
  if (fromMin <= 15) return fromMin === 0 ? 'SIGRTMIN' : `SIGRTMIN+${fromMin}`;
  return toMax === 0 ? 'SIGRTMAX' : `SIGRTMAX-${toMax}`;
}

export function signalEffect(number: number): SignalEffect {
  return SIGNALS.find(([own]) => own === number)?.[2] ?? 'terminate';
}

/** Whether a signal is in a mask of /proc/PID/status (SigIgn and others): hexadecimal, bit 0 for signal 1. */
export function maskHas(mask: string, number: number): boolean {
  if (!/^[0-9a-f]{1,32}$/i.test(mask)) return false;
  return ((BigInt(`0x${mask}`) >> BigInt(number - 1)) & 1n) === 1n;
}

function realtimeNumber(end: string, sign: string | undefined, step: number): number | null {
  if (end === 'MIN') return sign === '-' ? null : inRange(REALTIME_MIN + step, REALTIME_MIN);
  return sign === '+' ? null : inRange(REALTIME_MAX - step, REALTIME_MIN);
}

function inRange(number: number, least: number): number | null {
  return number >= least && number <= REALTIME_MAX ? number : null;
}
