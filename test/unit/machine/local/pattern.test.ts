import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { expandPattern, isPattern } from '../../../../src/machine/local/pattern';

/** Folders by path with a slash at the end, as the expansion asks for them. */
function expand(pattern: string, folders: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const list = (folder: string): readonly string[] => {
    const names = folders[folder];
    if (names === undefined) throw new Error(`no such folder: ${folder}`);
    return names;
  };
  return [...expandPattern(pattern, list)].map(({ kind, path }) => (kind === 'path' ? path : `? ${path}`));
}

describe('expandPattern', () => {
  it('gives a path without a star as it is, unlisted', () => {
    assert.deepEqual(expand('/proc/stat', {}), ['/proc/stat']);
    assert.equal(isPattern('/proc/stat'), false);
  });

  it('expands stars in several segments', () => {
    const folders = {
      '/sys/class/hwmon/': ['hwmon0', 'hwmon1'],
      '/sys/class/hwmon/hwmon0/': ['temp1_input', 'temp1_label', 'name'],
      '/sys/class/hwmon/hwmon1/': ['temp2_input', 'fan1_input'],
    };
    assert.deepEqual(expand('/sys/class/hwmon/*/temp*_input', folders), [
      '/sys/class/hwmon/hwmon0/temp1_input',
      '/sys/class/hwmon/hwmon1/temp2_input',
    ]);
  });

  it('appends what follows the last star', () => {
    assert.deepEqual(expand('/proc/*/net/dev', { '/proc/': ['1', 'self'] }), ['/proc/1/net/dev', '/proc/self/net/dev']);
  });

  it('expands in the root and in the current folder', () => {
    assert.deepEqual(expand('/b*', { '/': ['bin', 'boot', 'etc'] }), ['/bin', '/boot']);
    assert.deepEqual(expand('*.txt', { '.': ['a.txt', 'b.md'] }), ['a.txt']);
  });

  it('leaves out hidden names unless the pattern names the dot', () => {
    const folders = { '/d/': ['.hidden', 'shown'] };
    assert.deepEqual(expand('/d/*', folders), ['/d/shown']);
    assert.deepEqual(expand('/d/*d*', folders), []);
    assert.deepEqual(expand('/d/.*', folders), ['/d/.hidden']);
  });

  it('takes every other character as itself', () => {
    const folders = { '/d/': ['a.c', 'abc', 'a+[1]', 'line\nbreak'] };
    assert.deepEqual(expand('/d/a.*', folders), ['/d/a.c']);
    assert.deepEqual(expand('/d/a+[*]', folders), ['/d/a+[1]']);
    assert.deepEqual(expand('/d/line*', folders), ['/d/line\nbreak']);
  });

  it('takes [0-9] as one digit, and [0-9]* as what begins with one', () => {
    const folders = { '/proc/': ['1', '22', '3x', 'self', 'x4', '.5'], '/proc/22/task/': ['22', '23', '100'] };
    assert.deepEqual(expand('/proc/[0-9]*', folders), ['/proc/1', '/proc/22', '/proc/3x']);
    assert.deepEqual(expand('/proc/[0-9]', folders), ['/proc/1']);
    assert.deepEqual(expand('/proc/x[0-9]/stat', folders), ['/proc/x4/stat']);
    assert.deepEqual(expand('/proc/22/task/2[0-9]/comm', folders), ['/proc/22/task/22/comm', '/proc/22/task/23/comm']);
    assert.deepEqual(expand('/proc/22/task/[0-9][0-9][0-9]*', folders), ['/proc/22/task/100']);
    assert.deepEqual(expand('/proc/.[0-9]', folders), ['/proc/.5']);
    assert.equal(isPattern('/proc/[0-9]'), true);
    assert.equal(isPattern('/proc/[a-z]'), false);
  });

  it('does not expand the names that it finds', () => {
    assert.deepEqual(expand('/d/*/x', { '/d/': ['*'] }), ['/d/*/x']);
  });

  it('names what it could not list', () => {
    assert.deepEqual(expand('/d/*/fd/*', { '/d/': ['1', '2'], '/d/2/fd/': ['0'] }), ['? /d/1/fd/*', '/d/2/fd/0']);
  });

  it('finds a name again by any part of it', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !/^\.|[/*]/.test(text));
    fc.assert(
      fc.property(name, fc.nat(), fc.nat(), (text, a, b) => {
        const [from, to] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
        const pattern = `/d/${text.slice(0, from)}*${text.slice(to)}`;
        assert.deepEqual(expand(pattern, { '/d/': [text] }), [`/d/${text}`]);
      }),
    );
  });
});
