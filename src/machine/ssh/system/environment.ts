/** What ssh, the agents, helpers (FIDO, PKCS#11, GSSAPI) and a ProxyCommand may need; nothing else of ours goes along. */
const WANTED =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|XDG_RUNTIME_DIR|SSH_AUTH_SOCK|SSH_SK_PROVIDER|KRB5.*|GSS_.*|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|DBUS_SESSION_BUS_ADDRESS)$/;

export type Environment = Readonly<Record<string, string | undefined>>;

/** For the ssh program: messages in English, because they are read by programs. */
export function sshEnvironment(env: Environment, more: Readonly<Record<string, string>>): Record<string, string> {
  return { ...pick(env, (name) => WANTED.test(name)), LC_MESSAGES: 'C', ...withoutAll(env), ...more };
}

/** LC_ALL beats LC_MESSAGES; what it says of characters is kept in LC_CTYPE. */
function withoutAll(env: Environment): Record<string, string> {
  const all = env['LC_ALL'];
  return all === undefined || all === '' ? {} : { LC_ALL: '', LC_CTYPE: all };
}

/** SetEnv and SendEnv of ssh_config(5): what goes to the host, patterns with * and ?. SetEnv wins. */
export function sessionEnvironment(
  options: { readonly setEnv: Readonly<Record<string, string>>; readonly sendEnv: readonly string[] },
  env: Environment,
): Record<string, string> {
  const patterns = options.sendEnv.map(toPattern);
  return { ...pick(env, (name) => patterns.some((pattern) => pattern.test(name))), ...options.setEnv };
}

function pick(env: Environment, wants: (name: string) => boolean): Record<string, string> {
  const entries = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && wants(entry[0]),
  );
  return Object.fromEntries(entries);
}

function toPattern(glob: string): RegExp {
  const body = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${body}$`, 's');
}
