import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { ExpectedError } from '../../../../lib/errors';
import { readForwards, readWords, type Wanted } from './wanted';

/** Text that one of the readers takes; why it does not, in that reader's own words. */
function checked(read: (text: string) => unknown) {
  return z
    .string()
    .trim()
    .min(1)
    .max(16_384)
    .superRefine((text, context) => {
      try {
        read(text);
      } catch (error) {
        if (!(error instanceof ExpectedError)) throw error;
        context.addIssue({ code: 'custom', message: error.message });
      }
    });
}

export const tunnelInput = z.object({
  local: checked((text) => readForwards('local', text))
    .optional()
    .describe(
      l10n.t(
        'A port of this computer that leads to a target as the host sees it: [address:]port:host:hostport, as after ssh -L. Only host:hostport or hostport: the same port here where it is free. Several stand apart by spaces or commas.',
      ),
    )
    .meta({ title: 'Local', examples: ['8080:db:5432', 'localhost:5432', '5432'], many: true }),
  remote: checked((text) => readForwards('remote', text))
    .optional()
    .describe(
      l10n.t(
        'A port of the host that leads to a target as this computer sees it: [address:]port:host:hostport, as after ssh -R.',
      ),
    )
    .meta({ title: 'Remote', examples: ['9000:localhost:3000'], many: true }),
  dynamic: checked((text) => readForwards('dynamic', text))
    .optional()
    .describe(
      l10n.t('A SOCKS proxy on this computer whose connections leave from the host: [address:]port, as after ssh -D.'),
    )
    .meta({ title: 'SOCKS', examples: ['1080'], many: true }),
  spec: checked(readWords)
    .optional()
    .describe(
      l10n.t(
        'What leads where, as it is written for ssh: -L port:host:hostport, -R port:host:hostport, -D port. A target by itself, such as db:5432, is led to from the same port here.',
      ),
    )
    .meta({ title: 'Ports', examples: ['localhost:5432', '-L 8080:db:5432', '-D 1080'], many: true }),
  host: z
    .string()
    .trim()
    .min(1)
    .optional()
    .describe(l10n.t('The host, in place of the machine that it runs on. Nothing is run there, so it needs no shell.'))
    .meta({ title: 'Host', examples: ['bastion', 'root@192.0.2.7:2222'] }),
});
export type TunnelInput = z.infer<typeof tunnelInput>;

/** Every tunnel that is asked for, in the order of the fields. Throws ExpectedError('invalid-input'). */
export function wantedOf({ local, remote, dynamic, spec }: TunnelInput): readonly Wanted[] {
  return [
    ...(local === undefined ? [] : readForwards('local', local)),
    ...(remote === undefined ? [] : readForwards('remote', remote)),
    ...(dynamic === undefined ? [] : readForwards('dynamic', dynamic)),
    ...(spec === undefined ? [] : readWords(spec)),
  ];
}
