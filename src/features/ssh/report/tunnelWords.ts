import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import type { EndResult, TunnelEnds, TunnelResult } from '../core/tunnel/schema';

/** 'Local', as people call what ssh -L makes. */
export function kindText(kind: TunnelResult['kind']): string {
  switch (kind) {
    case 'local':
      return l10n.t('local');
    case 'remote':
      return l10n.t('remote');
    case 'dynamic':
      return l10n.t('SOCKS proxy');
  }
}

export function phaseText(phase: TunnelResult['phase']): string {
  switch (phase) {
    case 'open':
      return l10n.t('open');
    case 'waiting':
      return l10n.t('reconnecting');
    case 'closed':
      return l10n.t('closed');
  }
}

export function endText({ text }: EndResult): string {
  return shownPath(text);
}

/** 'localhost:8080 → db:5432' or 'localhost:1080 (SOCKS proxy)', for a list. */
export function wayText({ listen, target }: TunnelEnds): string {
  return target === null ? l10n.t('{0} (SOCKS proxy)', endText(listen)) : `${endText(listen)} → ${endText(target)}`;
}

/** What it does, as a sentence. */
export function tunnelText({ kind, listen, target }: TunnelEnds, host: string): string {
  const from = endText(listen);
  const to = target === null ? '' : endText(target);
  switch (kind) {
    case 'local':
      return l10n.t('{0} on this machine leads to {1} as {2} sees it.', from, to, host);
    case 'remote':
      return l10n.t('{0} on {1} leads to {2} as this machine sees it.', from, host, to);
    case 'dynamic':
      return l10n.t('{0} on this machine is a SOCKS proxy whose connections leave from {1}.', from, host);
  }
}
