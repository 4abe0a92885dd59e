import * as l10n from '@vscode/l10n';
import type { ProcessEntry } from '../../core/processes/schema';

type Details = NonNullable<ProcessEntry['details']>;

/** 'nofile 1024/524288, core 0/unlimited': soft and hard as prlimit(1) has them; what has no limit is left out. */
export function limitsText(limits: Details['limits']): string | null {
  if (limits === null) return null;
  const limited = limits.filter(({ soft, hard }) => soft !== null || hard !== null);
  if (limited.length === 0) return l10n.t('none');
  return limited.map(({ name, soft, hard }) => `${name} ${boundText(soft)}/${boundText(hard)}`).join(', ');
}

function boundText(bound: number | null): string {
  return bound === null ? 'unlimited' : String(bound);
}

/** 'node, libuv-worker × 4', in the order in which they were started; null without any. */
export function threadsText(threads: readonly { readonly name: string }[]): string | null {
  const counts = new Map<string, number>();
  for (const { name } of threads) counts.set(name, (counts.get(name) ?? 0) + 1);
  const texts = [...counts].map(([name, count]) => (count === 1 ? name : `${name} × ${count}`));
  return texts.length === 0 ? null : texts.join(', ');
}
