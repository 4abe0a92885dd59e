import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { ExpectedError } from '../../lib/errors';
import type { AnyTool, Tool } from '../../tool/tool';
import { inspect } from './core/inspect';
import { ipInspection, type IpInspection } from './core/inspection';
import { parse } from './core/parse';
import type { manifest } from './manifest';
import { report } from './report';

interface Input {
  readonly address: string;
}

/** The same refusal appears while the user types and when the tool is called by something else. */
const input = z.object({
  address: z
    .string()
    .trim()
    .min(1, { error: () => l10n.t('there is no address'), abort: true })
    .superRefine((text, context) => {
      const parsed = parse(text);
      if (parsed.kind === 'refused') context.addIssue({ code: 'custom', message: parsed.reason });
    })
    .meta({
      title: l10n.t('Address, network or range'),
      description: l10n.t(
        'IPv4 or IPv6 in any usual spelling: an address, a network with prefix length or netmask, a range, an integer or a reverse name',
      ),
      examples: [
        '10.1.2.3/8',
        '2001:db8::/32',
        '10.0.0.1-10.0.0.20',
        '192.168.1.0 255.255.255.0',
        '[fe80::1%eth0]:443',
      ],
    }),
});

const inspectTool: Tool<Input, IpInspection> = {
  input,
  result: ipInspection,
  // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous, this tool is not
  async *run({ address }) {
    const parsed = parse(address);
    if (parsed.kind === 'refused') throw new ExpectedError('invalid-input', parsed.reason);
    yield inspect(parsed);
  },
  report,
};

export const tools = { 'ip.inspect': inspectTool } satisfies Record<keyof typeof manifest.tools, AnyTool>;
