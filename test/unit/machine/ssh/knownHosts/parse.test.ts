import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import { hashName } from '../../../../../src/machine/ssh/knownHosts/hashedName';
import { judgeHostKey, knownTypes } from '../../../../../src/machine/ssh/knownHosts/judge';
import { matchesName, matchesPattern } from '../../../../../src/machine/ssh/knownHosts/names';
import { parseKnownHosts } from '../../../../../src/machine/ssh/knownHosts/parse';
import { hostLineOf, keygen, noKeygen, rsaBlob, temporaryFolder, tokenBlob } from '../keys/keygen';

const KEY = hostLineOf('', tokenBlob()).trim();

const entryOf = (line: string) => {
  const [entry] = parseKnownHosts(line, 'known_hosts');
  return entry?.kind === 'entry' ? entry : undefined;
};

describe('lines of known_hosts', () => {
  it('are entries, broken, or nothing', () => {
    const lines = parseKnownHosts(
      [
        '# a comment',
        '',
        `  web01,10.0.0.7 ${KEY} put in by hand\r`,
        `@cert-authority *.example.com ${KEY}`,
        `@revoked\tweb02 ${KEY}`,
        `@unknown web03 ${KEY}`,
        'web04',
        'web05 # ssh-ed25519',
        `web06 ssh-ed25519 ${tokenBlob().toString('base64')}`,
        `web07 ${KEY.slice(0, -3)}`,
        hostLineOf('web08', rsaBlob(768)),
        `|1|abc|def ${KEY}`,
        `web09 rsa-sha2-512 ${rsaBlob(2_048).toString('base64')}`,
      ].join('\n'),
      'file',
    );
    const told = lines.map((line) => [line.line, line.kind === 'broken' ? line.reason : (line.marker ?? line.hosts)]);
    assert.deepEqual(told, [
      [3, 'web01,10.0.0.7'],
      [4, 'cert-authority'],
      [5, 'marker'],
      [6, 'marker'],
      [7, 'no-key'],
      [8, 'no-key'],
      [9, 'key'],
      [10, 'key'],
      [11, 'short-key'],
      [12, 'names'],
      [13, 'web09'],
    ]);
    const [first] = lines;
    assert.equal(first?.kind === 'entry' ? first.comment : '', 'put in by hand');
  });

  it('never throw, nor does what is judged with them', () => {
    const piece = fc.constantFrom(
      '@revoked',
      '@cert-authority',
      ' ',
      '\t',
      '\n',
      'a',
      '*',
      '!',
      ',',
      '|1|',
      '=',
      KEY,
      '#',
      '\0',
      '\r',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.oneof(piece, fc.string({ maxLength: 3 }))).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.string(), fc.nat(70_000), fc.uint8Array(), (content, name, port, blob) => {
        const lines = parseKnownHosts(content, 'file');
        const peer = { name, address: name, port };
        judgeHostKey(lines, peer, { type: 'ssh-ed25519', blob });
        knownTypes(lines, peer);
      }),
      { numRuns: 2_000 },
    );
  });

  it('with hostile patterns are matched in no time', () => {
    assert.equal(matchesPattern('*a'.repeat(500), 'a'.repeat(400) + 'b'.repeat(100)), false);
  });
});

describe('names in known_hosts, as ssh-keygen -F finds them', () => {
  let folder = '';

  before(function () {
    if (noKeygen !== undefined) this.skip();
    folder = temporaryFolder();
  });

  after(() => {
    if (folder !== '') fs.rmSync(folder, { recursive: true });
  });

  const found = (name: string, line: string): boolean => {
    const file = path.join(folder, 'known_hosts');
    fs.writeFileSync(file, `${line}\n`);
    return spawnSync('ssh-keygen', ['-F', name, '-f', file], { timeout: 10_000 }).status === 0;
  };

  const same = (name: string, hosts: string): boolean => {
    const line = `${hosts} ${KEY}`;
    const entry = entryOf(line);
    const ours = entry !== undefined && matchesName(entry, name);
    assert.equal(ours, found(name, line), `${name} in ${hosts}`);
    return ours;
  };

  it('plain, with wildcards, negated, with ports, in any case, addresses', () => {
    const yes: readonly (readonly [string, string])[] = [
      ['web01', 'web01'],
      ['web01', 'WEB01'],
      ['web01', 'db,web01,mail'],
      ['web01', 'web0?'],
      ['web01.example.com', '*.example.com'],
      ['[web01]:2222', '[web01]:2222'],
      ['[web01]:2222', '*'],
      ['[web01]:2222', '[web*]:2222'],
      ['10.0.0.7', 'web01,10.0.0.7'],
      ['2001:db8::7', '2001:db8::7'],
      ['[2001:db8::7]:2222', '[2001:db8::7]:2222'],
      ['web01', `${'x'.repeat(1_022)},web01`],
      ['web01', hashName('web01')],
      ['[web01]:2222', hashName('[web01]:2222')],
    ];
    const no: readonly (readonly [string, string])[] = [
      ['web01', '[web01]:2222'],
      ['[web01]:2222', 'web01'],
      ['[web01]:2222', '[web01]:22'],
      ['web01.example.com', '*.example.com,!web01.*'],
      ['web01', '!web02'],
      ['web01', 'web0??'],
      ['web01', `${'x'.repeat(1_023)},web01`],
      ['web01', hashName('web02')],
      ['web01', `${hashName('web01')},${hashName('web01')}`],
      ['web01', hashName('web01').replace('|1|', '|2|')],
    ];
    for (const [name, hosts] of yes) assert.equal(same(name, hosts), true, `${name} in ${hosts}`);
    for (const [name, hosts] of no) assert.equal(same(name, hosts), false, `${name} in ${hosts}`);
  });

  it('of every form', function () {
    this.timeout(60_000);
    const part = fc.constantFrom('a', 'b', 'A', '*', '?', '!', ',', '[', ']:22', '.', '|1|');
    const hosts = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    const name = fc.array(fc.constantFrom('a', 'b', '.', '[a]:22'), { minLength: 1, maxLength: 3 });
    let matches = 0;
    fc.assert(
      fc.property(hosts, name, (field, parts) => {
        matches += same(parts.join(''), field) ? 1 : 0;
      }),
      { numRuns: 400 },
    );
    assert.ok(matches > 10, `${matches}`);
  });

  it('hashed by our own code', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,30}$/), (name) => {
        assert.equal(same(name, hashName(name)), true);
      }),
      { numRuns: 20 },
    );
  });

  it('broken ones are the ones that ssh-keygen -l passes over', () => {
    const file = path.join(folder, 'known_hosts');
    const lines = [
      'a',
      'b #',
      `c ${KEY}`,
      `d ${KEY}=`,
      `e ${KEY.replace(' ', '  ')} x`,
      hostLineOf('f', rsaBlob(1_016)),
    ];
    fs.writeFileSync(file, lines.join('\n'));
    const listed = keygen('-lf', file).trim().split('\n').length;
    assert.equal(parseKnownHosts(lines.join('\n'), file).filter(({ kind }) => kind === 'entry').length, listed);
  });
});
