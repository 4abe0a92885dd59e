import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { ExpectedError } from '../../../../lib/errors';
import type { TunnelSpec } from '../../../../machine/tunnel';
import { adviceOn, freePortFrom, type AdviceParts, type TakenPorts } from '../../core/tunnel/ports';
import { nameRefusal, proposedName, type SavedTunnel } from '../../core/tunnel/saved';
import { ownPort, readForward, readTarget } from '../../core/tunnel/wanted';

type Kind = TunnelSpec['kind'];

const SOCKS_PORT = 1_080;

export interface Known {
  readonly host: string;
  readonly taken: TakenPorts;
  /** Names that are taken. */
  readonly names: readonly string[];
}

/** Asks for all that a new tunnel needs, step by step; undefined when the user leaves. */
export async function askTunnel(known: Known): Promise<SavedTunnel | undefined> {
  const kind = await askKind(known.host);
  const text = kind === undefined ? undefined : await askEnds(kind, known);
  if (kind === undefined || text === undefined) return undefined;
  const { spec } = readForward(kind, text);
  const { host, names } = known;
  const name = await askName(proposedName({ spec, host }, names), names);
  return name === undefined ? undefined : { name, host, spec, text, startUp: false };
}

async function askKind(host: string): Promise<Kind | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly kind_: Kind })[] = [
    {
      label: `$(arrow-right) ${l10n.t('A port here that leads to a target of {0}', host)}`,
      description: l10n.t('local, ssh -L'),
      kind_: 'local',
    },
    {
      label: `$(arrow-left) ${l10n.t('A port on {0} that leads to a target here', host)}`,
      description: l10n.t('remote, ssh -R'),
      kind_: 'remote',
    },
    {
      label: `$(globe) ${l10n.t('A SOCKS proxy here whose connections leave from {0}', host)}`,
      description: l10n.t('dynamic, ssh -D'),
      kind_: 'dynamic',
    },
  ];
  const options = { title: titleFor(host), placeHolder: l10n.t('Which way?'), ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.kind_;
}

/** As after -L, -R or -D. */
async function askEnds(kind: Kind, known: Known): Promise<string | undefined> {
  if (kind === 'dynamic') return askListening(kind, '', freePortFrom(SOCKS_PORT, known.taken), known);
  const target = await askTarget(kind, known);
  if (target === undefined) return undefined;
  const end = readTarget(target);
  // It was the whole.
  if (end === null) return target;
  const port = end.kind === 'tcp' ? ownPort(end.port) : SOCKS_PORT;
  const proposal = kind === 'local' ? freePortFrom(port, known.taken) : port;
  return askListening(kind, /^\d+$/.test(target) ? `:localhost:${target}` : `:${target}`, proposal, known);
}

async function askTarget(kind: 'local' | 'remote', known: Known): Promise<string | undefined> {
  const { host } = known;
  const prompt =
    kind === 'local'
      ? l10n.t('Where it leads to, as {0} sees it: host:port, or only a port of {0} itself', host)
      : l10n.t('Where it leads to, as this machine sees it: host:port, or only a port of this machine');
  const placeHolder = kind === 'local' ? 'db:5432' : 'localhost:3000';
  const judge = (text: string): string | vscode.InputBoxValidationMessage | null =>
    text.trim() === '' || readTarget(text) !== null ? null : judgeEnds(kind, text, known);
  const text = await vscode.window.showInputBox({
    title: titleFor(host),
    prompt,
    placeHolder,
    ignoreFocusOut: true,
    validateInput: judge,
  });
  return text?.trim() === '' ? undefined : text?.trim();
}

async function askListening(kind: Kind, rest: string, proposal: number, known: Known): Promise<string | undefined> {
  const value = String(proposal);
  const text = await vscode.window.showInputBox({
    title: titleFor(known.host),
    prompt:
      kind === 'remote'
        ? l10n.t(
            'The port of {0} to listen on; with an address before it, such as *:{1}, for others too',
            known.host,
            value,
          )
        : l10n.t(
            'The port of this machine to listen on; with an address before it, such as *:{0}, for others too',
            value,
          ),
    value,
    ignoreFocusOut: true,
    validateInput: (typed) => judgeEnds(kind, `${typed.trim()}${rest}`, known),
  });
  return text === undefined ? undefined : `${text.trim()}${rest}`;
}

/** The whole of it in one line, as after -L, -R or -D. */
export async function askText(tunnel: SavedTunnel, known: Known): Promise<string | undefined> {
  const { kind } = tunnel.spec;
  const text = await vscode.window.showInputBox({
    title: l10n.t('Tunnel “{0}”', tunnel.name),
    prompt:
      kind === 'dynamic'
        ? l10n.t('[address:]port, as after ssh -D')
        : l10n.t('[address:]port:host:hostport, as after ssh {0}', kind === 'local' ? '-L' : '-R'),
    value: tunnel.text,
    ignoreFocusOut: true,
    validateInput: (typed) => judgeEnds(kind, typed, known),
  });
  return text?.trim();
}

export async function askName(proposal: string, others: readonly string[]): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: l10n.t('Name of the Tunnel'),
    prompt: l10n.t('It stands in the view "Tunnels" under this name.'),
    value: proposal,
    ignoreFocusOut: true,
    validateInput: (text) => nameRefusal(text, others),
  });
  return name?.trim();
}

/** What is wrong cannot be accepted; what only speaks against it can. */
function judgeEnds(kind: Kind, text: string, { host, taken }: Known): string | vscode.InputBoxValidationMessage | null {
  try {
    const parts: AdviceParts = {
      host,
      taken,
      mayListenBelow: process.platform === 'win32' || process.getuid?.() === 0,
    };
    const advice = adviceOn(readForward(kind, text).spec, parts);
    return advice === null ? null : { message: advice, severity: vscode.InputBoxValidationSeverity.Warning };
  } catch (error) {
    if (error instanceof ExpectedError) return error.message;
    throw error;
  }
}

function titleFor(host: string): string {
  return l10n.t('Open a Tunnel through {0}', host);
}
