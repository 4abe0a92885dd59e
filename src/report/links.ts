import type { Report } from './model';

export interface Link {
  readonly label: string;
  /** Absolute and normalised: percent-encoded, so that it holds no quote, angle bracket or space. */
  readonly href: string;
}

const SAFE_PROTOCOLS: readonly string[] = ['https:', 'http:', 'mailto:'];

/** The address in normal form, or null if it is none or its protocol could do more than show something. */
export function safeHref(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (!SAFE_PROTOCOLS.includes(parsed.protocol)) return null;
  return parsed.href.replace(/["'<>`\\\s]/g, (character) => percentEncoded(character));
}

/** What a printed report can still offer: its links. Tools and copying need Opsdeck. */
export function openLinks(report: Report): readonly Link[] {
  return (report.actions ?? []).flatMap((action) => {
    const href = action.kind === 'open' ? safeHref(action.url) : null;
    return href === null ? [] : [{ label: action.label, href }];
  });
}

function percentEncoded(character: string): string {
  return `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
}
