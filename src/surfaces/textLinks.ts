import * as vscode from 'vscode';
import { inLanguage, type TextLinkManifest } from '../tool/manifest';

/** Beyond it a document is not searched: links are a convenience, not worth a stall. */
const MAX_CHARACTERS = 1_000_000;
const MAX_LINKS = 500;

interface TextLink {
  readonly start: number;
  readonly length: number;
  readonly manifest: TextLinkManifest;
  readonly input: Readonly<Record<string, unknown>>;
}

interface TerminalLink extends vscode.TerminalLink {
  readonly link: TextLink;
}

/** Makes what the manifests name a link, in every editor and every terminal; the command asks for nothing more. */
export function registerTextLinks(manifests: readonly TextLinkManifest[]): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.window.registerTerminalLinkProvider({
      provideTerminalLinks: ({ line }): TerminalLink[] =>
        linksIn(line, manifests).map((link) => ({
          startIndex: link.start,
          length: link.length,
          tooltip: tooltipOf(link),
          link,
        })),
      handleTerminalLink: ({ link }: TerminalLink) => vscode.commands.executeCommand(commandOf(link), link.input),
    }),
    vscode.languages.registerDocumentLinkProvider(
      { scheme: '*' },
      {
        provideDocumentLinks: (document) => {
          const text = document.getText();
          if (text.length > MAX_CHARACTERS) return [];
          return linksIn(text, manifests).map((link) => documentLink(document, link));
        },
      },
    ),
  );
}

function documentLink(document: vscode.TextDocument, link: TextLink): vscode.DocumentLink {
  const range = new vscode.Range(document.positionAt(link.start), document.positionAt(link.start + link.length));
  const target = vscode.Uri.parse(
    `command:${commandOf(link)}?${encodeURIComponent(JSON.stringify([link.input]))}`,
    true,
  );
  const made = new vscode.DocumentLink(range, target);
  made.tooltip = tooltipOf(link);
  return made;
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

function commandOf(link: TextLink): string {
  return `opsdeck.${link.manifest.tool}`;
}

function tooltipOf(link: TextLink): string {
  return inLanguage(link.manifest.tooltip, vscode.env.language);
}
