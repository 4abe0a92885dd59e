import type { Host } from '../../../machine/machines';

/**
 * What ssh(1) is told to reach a host. A name that looks like an option stays a name behind `--`; one that was typed
 * with a port, or in brackets, is taken apart as ssh does not.
 */
export function terminalArguments(
  machine: string,
  known: Pick<Host, 'address' | 'port' | 'user'> | undefined,
  configFile: string,
): readonly string[] {
  const config = configFile === '' ? [] : ['-F', configFile];
  if (known === undefined) return [...config, ...typedDestination(machine)];
  const { address, port, user } = known;
  return [
    ...config,
    ...(address === null ? [] : ['-o', `HostName=${address}`]),
    ...(port === null ? [] : ['-p', String(port)]),
    ...(user === null ? [] : ['-l', user]),
    '--',
    machine,
  ];
}

/** 'root@192.0.2.7:2222' → '-p', '2222', '--', 'root@192.0.2.7' */
function typedDestination(typed: string): readonly string[] {
  const [, user = '', bracketed, plain, port] =
    /^(.*@)?(?:\[([^[\]]*)\]|([^:@[\]]+))(?::(\d{1,5}))?$/s.exec(typed) ?? [];
  const name = bracketed ?? plain;
  if (name === undefined) return ['--', typed];
  return [...(port === undefined ? [] : ['-p', port]), '--', `${user}${name}`];
}

/** The colour of a terminal's icon for one of a hosts file; undefined where there is none. */
export function terminalColour({ colour }: Host['policy']): string | undefined {
  switch (colour) {
    case null:
      return undefined;
    case 'orange':
      return 'terminal.ansiBrightYellow';
    case 'purple':
      return 'terminal.ansiMagenta';
    default:
      return `terminal.ansi${(colour[0] ?? '').toUpperCase()}${colour.slice(1)}`;
  }
}
