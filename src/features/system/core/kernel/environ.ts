import { decodeBytes } from './bytes';

export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
}

/**
 * /proc/PID/environ, see proc_pid_environ(5): what the process was started with, in its order. Programs that write
 * over it (to change their title) leave text without an equals sign, which is no variable. `text`: every character
 * is a byte.
 */
export function parseEnviron(text: string): readonly EnvironmentVariable[] {
  return text.split('\0').flatMap((entry) => {
    const equals = entry.indexOf('=');
    if (equals < 1) return [];
    return [{ name: decodeBytes(entry.slice(0, equals)), value: decodeBytes(entry.slice(equals + 1)) }];
  });
}

const SECRET_NAME = /PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|KEY|CREDENTIAL/i;
/** user:password@ of a URL. */
const PASSWORD_IN_URL = /([a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:)([^\s/@]+)(?=@)/gi;

export const MASK = '••••••••';

/** The value with what looks like a secret replaced: all of it by the name, or the password of a URL in it. */
export function maskedValue({ name, value }: EnvironmentVariable): string {
  if (value !== '' && SECRET_NAME.test(name)) return MASK;
  return value.replace(PASSWORD_IN_URL, `$1${MASK}`);
}
