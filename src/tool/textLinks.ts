import type { TextLinkManifest } from './manifest';

const MAX_LINKS = 500;

/** A place in a text that leads to a tool. */
export interface TextLink {
  readonly start: number;
  readonly length: number;
  readonly manifest: TextLinkManifest;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Where the patterns fit, from left to right; of two that overlap, the first manifest wins. */
export function linksIn(text: string, manifests: readonly TextLinkManifest[]): readonly TextLink[] {
  const found: TextLink[] = [];
  for (const manifest of manifests) {
    for (const match of text.matchAll(new RegExp(manifest.pattern, 'g'))) {
      if (found.length >= MAX_LINKS) return found;
      const link = { start: match.index, length: match[0].length, manifest, input: inputOf(match, manifest) };
      const overlaps = found.some(
        (other) => link.start < other.start + other.length && other.start < link.start + link.length,
      );
      if (link.length > 0 && !overlaps) found.push(link);
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

function inputOf(match: RegExpMatchArray, manifest: TextLinkManifest): Readonly<Record<string, unknown>> {
  const groups = Object.entries(match.groups ?? {}).filter(([, value]) => (value as string | undefined) !== undefined);
  const values = groups.map(([name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value] as const);
  return { ...manifest.input, ...Object.fromEntries(values) };
}
