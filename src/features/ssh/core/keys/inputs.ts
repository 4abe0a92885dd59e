import * as z from 'zod';
import * as l10n from '@vscode/l10n';

export const GENERATED_TYPES = ['ed25519', 'ecdsa-256', 'ecdsa-384', 'ecdsa-521', 'rsa-3072', 'rsa-4096'] as const;

export const keysInput = z.object({}).describe('Needs nothing but the machine.');
export type KeysInput = z.infer<typeof keysInput>;

const oneLine = (text: string): boolean => !/[\p{Cc}\u2028\u2029]/u.test(text);

export const generateKeyInput = z.object({
  name: z
    .string()
    .regex(/^[A-Za-z0-9_][A-Za-z0-9._@+-]{0,99}$/, {
      error: () => l10n.t('A file name of letters, digits and . _ @ + - is wanted, without a folder.'),
    })
    .refine((name) => !name.endsWith('.pub'), { error: () => l10n.t('The .pub is put behind the name by itself.') })
    .default('id_ed25519')
    .describe(l10n.t('The name of the file in ~/.ssh of that machine; an existing one is never overwritten.'))
    .meta({ title: 'File Name', examples: ['id_ed25519', 'id_backup'] }),
  type: z
    .enum(GENERATED_TYPES)
    .default('ed25519')
    .describe(l10n.t('Kind and length of the key.'))
    .meta({ title: 'Type' }),
  comment: z
    .string()
    .max(200)
    .refine(oneLine, { error: () => l10n.t('The comment is one line.') })
    .default('')
    .describe(l10n.t('Tells the key from others; default: user and host.'))
    .meta({ title: 'Comment', examples: ['anna@laptop 2026'] }),
  passphrase: z
    .enum(['none', 'afterwards'])
    .default('afterwards')
    .describe(
      l10n.t(
        'none: whoever can read the file can use the key. afterwards: the command that sets one in a terminal is given.',
      ),
    )
    .meta({ title: 'Passphrase' }),
});
export type GenerateKeyInput = z.infer<typeof generateKeyInput>;

const authorizedFile = z
  .string()
  .min(1)
  .optional()
  .describe(l10n.t('On that machine. Default: ~/.ssh/authorized_keys.'))
  .meta({ title: 'File of Authorized Keys' });

const digest = z
  .string()
  .optional()
  .describe(l10n.t('SHA-256 of the file as it was shown, in hex: nothing is changed when it is another one.'))
  .meta({ title: 'Digest of the File' });

export const installKeyInput = z.object({
  key: z
    .string()
    .trim()
    .min(1)
    .describe(
      l10n.t('A public key as text (ssh-ed25519 AAAA… comment), or a .pub file of this computer, where Opsdeck runs.'),
    )
    .meta({ title: 'Public Key', examples: ['~/.ssh/id_ed25519.pub', 'ssh-ed25519 AAAA… anna@laptop'] }),
  file: authorizedFile,
  digest,
});
export type InstallKeyInput = z.infer<typeof installKeyInput>;

export const removeKeyInput = z.object({
  line: z
    .string()
    .min(1)
    .refine((line) => !/[\n\0]/.test(line), { error: () => l10n.t('One line is wanted.') })
    .describe(l10n.t('The line of authorized_keys, exactly as it stands there.'))
    .meta({ title: 'Line' }),
  file: authorizedFile,
  digest,
});
export type RemoveKeyInput = z.infer<typeof removeKeyInput>;
