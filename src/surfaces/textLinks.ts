import * as vscode from 'vscode';
import { inLanguage, type TextLinkManifest } from '../tool/manifest';
import { linksIn, type TextLink } from '../tool/textLinks';

/** Beyond it a document is not searched: links are a convenience, not worth a stall. */
const MAX_CHARACTERS = 1_000_000;

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

function commandOf(link: TextLink): string {
  return `opsdeck.${link.manifest.tool}`;
}

function tooltipOf(link: TextLink): string {
  return inLanguage(link.manifest.tooltip, vscode.env.language);
}
