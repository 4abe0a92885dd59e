import * as z from 'zod';
import * as l10n from '@vscode/l10n';
import { splitWords } from '../../../../lib/commandWords';
import { ExpectedError } from '../../../../lib/errors';
import { readEnvironment } from './environment';
import { SHELLS } from './shells';

const MAX_TEXT_LENGTH = 1_048_576;
/** A day: nothing waits for ever. */
export const LONGEST_SECONDS = 86_400;

/** A refusal of `read` as the message of the field. */
function readBy(
  read: (text: string) => unknown,
): [(text: string) => boolean, { error: (issue: { input?: unknown }) => string }] {
  const refusal = (text: string): string | null => {
    try {
      read(text);
      return null;
    } catch (error) {
      if (error instanceof ExpectedError) return error.message;
      throw error;
    }
  };
  return [(text) => refusal(text) === null, { error: ({ input }) => refusal(String(input)) ?? '' }];
}

const fields = z.object({
  command: z
    .string()
    .max(131_072)
    .refine(...readBy((line) => (line.trim() === '' ? [] : splitWords(line))))
    .optional()
    .describe(l10n.t('A program with its arguments, with quotes where needed and without anything of a shell.'))
    .meta({ title: 'Command', examples: ['uname -a', 'systemctl status nginx', "grep -r 'two words' /etc"] }),
  script: z
    .string()
    .max(MAX_TEXT_LENGTH)
    .optional()
    .describe(l10n.t('A script in place of the command; pipes, globs and variables work in it.'))
    .meta({ title: 'Script' }),
  shell: z.enum(SHELLS).default('sh').describe(l10n.t('What runs the script.')).meta({ title: 'Interpreter' }),
  stdin: z
    .string()
    .max(MAX_TEXT_LENGTH)
    .optional()
    .describe(l10n.t('Given to the program to read.'))
    .meta({ title: 'Standard Input' }),
  cwd: z
    .string()
    .min(1)
    .max(4_096)
    .optional()
    .describe(l10n.t('The folder to run in; the home folder or the present one without it.'))
    .meta({ title: 'Working Folder' }),
  env: z
    .string()
    .max(131_072)
    .refine(...readBy(readEnvironment))
    .optional()
    .describe(l10n.t('NAME=value, one a line, added to the environment. Other programs there may see it.'))
    .meta({ title: 'Environment' }),
  terminal: z
    .boolean()
    .default(false)
    .describe(l10n.t('Gives it a terminal, so that it writes as for a person; errors and output are one then.'))
    .meta({ title: 'Terminal' }),
  timeoutSeconds: z
    .number()
    .positive()
    .max(LONGEST_SECONDS)
    .optional()
    .describe(l10n.t('It is ended after so long; after a day without it.'))
    .meta({ title: 'Time-Out in Seconds' }),
  become: z
    .enum(['none', 'sudo', 'su', 'doas'])
    .default('none')
    .describe(l10n.t('Runs it as another user; a password is asked for when one is needed.'))
    .meta({ title: 'Become' }),
  becomeUser: z
    .string()
    .regex(/^[A-Za-z0-9_.][\w.@\\-]*\$?$/)
    .max(256)
    .default('root')
    .describe(l10n.t('The user to become.'))
    .meta({ title: 'Become User' }),
});

const isGiven = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';

export const runInput = fields
  .refine(({ command, script }) => isGiven(command) || isGiven(script), {
    path: ['command'],
    error: () => l10n.t('There is nothing to run: give a command or a script.'),
  })
  .refine(({ command, script }) => !(isGiven(command) && isGiven(script)), {
    path: ['script'],
    error: () => l10n.t('Give a command or a script, not both.'),
  })
  .refine(({ script, stdin }) => !(isGiven(script) && stdin !== undefined && stdin !== ''), {
    path: ['stdin'],
    error: () => l10n.t('A script comes on standard input itself; put the text into the script.'),
  })
  .refine(({ become, stdin }) => !((become === 'su' || become === 'doas') && stdin !== undefined && stdin !== ''), {
    path: ['stdin'],
    error: () => l10n.t('su and doas take the terminal for the password, so there is no standard input; use sudo.'),
  });
export type RunInput = z.infer<typeof runInput>;
