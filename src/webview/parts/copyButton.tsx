import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import { useSession } from '../state/context';
import { Icon } from './icon';

const CONFIRM_MS = 1500;

/** Copies one text and says so for a moment. `what` names it to a screen reader. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const { post } = useSession();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const label = copied ? l10n.t('Copied') : l10n.t('Copy {0}', what);
  return (
    <button
      type="button"
      class="icon-button copy-button"
      aria-label={label}
      title={copied ? label : l10n.t('Copy')}
      onClick={() => {
        post({ kind: 'copyText', text });
        setCopied(true);
      }}
    >
      <Icon name={copied ? 'check' : 'copy'} />
    </button>
  );
}
