import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { terminalArguments, terminalColour } from '../../../../src/features/ssh/core/terminal';

const nothing = { address: null, port: null, user: null };

/** What ssh itself makes of it. */
function askSsh(args: readonly string[]): Readonly<Record<string, string>> {
  const { stdout } = spawnSync('ssh', ['-G', '-F', 'none', ...args], { encoding: 'utf8' });
  const words = stdout.split('\n').map((line): [string, string] => {
    const [name = '', ...value] = line.split(' ');
    return [name, value.join(' ')];
  });
  return Object.fromEntries(words);
}

describe('the ssh of a terminal', () => {
  it('gets what a hosts file says, before a name that cannot be an option', () => {
    const args = terminalArguments('-oops', { address: '192.0.2.1', port: 2222, user: 'deploy' }, '/etc/my config');
    const said = ['-o', 'HostName=192.0.2.1', '-p', '2222', '-l', 'deploy'];
    assert.deepEqual(args, ['-F', '/etc/my config', ...said, '--', '-oops']);
    assert.deepEqual(terminalArguments('web01', nothing, ''), ['--', 'web01']);
  });

  it('goes where the typed name says, by the judgement of ssh', function () {
    if (spawnSync('ssh', ['-V']).status !== 0) this.skip();
    for (const [typed, host, port, user] of [
      ['root@192.0.2.7:2222', '192.0.2.7', '2222', 'root'],
      ['[2001:db8::7]:2222', '2001:db8::7', '2222', undefined],
      ['[2001:db8::7]', '2001:db8::7', '22', undefined],
      ['2001:db8::7', '2001:db8::7', '22', undefined],
      ['adm@corp@web01:22', 'web01', '22', 'adm@corp'],
    ] as const) {
      const found = askSsh(terminalArguments(typed, undefined, ''));
      assert.deepEqual([found['hostname'], found['port']], [host, port], typed);
      if (user !== undefined) assert.equal(found['user'], user, typed);
    }
  });

  it('has a colour of the theme for each of a hosts file', () => {
    const of = (colour: string | null): string | undefined =>
      terminalColour({ readOnly: false, confirm: false, colour });
    assert.deepEqual(
      ['red', 'orange', 'yellow', 'green', 'blue', 'purple', null].map(of),
      ['Red', 'BrightYellow', 'Yellow', 'Green', 'Blue', 'Magenta', undefined].map((name) =>
        name === undefined ? undefined : `terminal.ansi${name}`,
      ),
    );
  });
});
