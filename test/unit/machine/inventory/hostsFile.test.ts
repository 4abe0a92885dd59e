import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { hostsFileSchema } from '../../../../src/machine/inventory/hostsFile';
import { readInventory } from '../../../../src/machine/inventory/read';
import type { Host, Inventory } from '../../../../src/machine/machines';
import { projectPath } from '../../../support/project';

const { signal } = new AbortController();
const fixtures = projectPath('test', 'fixtures', 'inventory');

describe('a file of hosts and groups', () => {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-hosts-'))));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  const read = (text: string, name = 'x.hosts.yaml'): Promise<Inventory> => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    return readFile(file);
  };

  it('gives hosts with what their groups say', async () => {
    const { hosts, problems } = await readFile(path.join(fixtures, 'team.hosts.yaml'));
    assert.deepEqual(problems, []);
    assert.equal(hosts.length, 20 + 3 + 2 + 1 + 4);
    const host = (name: string): Partial<Host> => {
      const { sources, ...rest } = hosts.find((one) => one.name === name) ?? assert.fail(name);
      return rest;
    };
    const none = { readOnly: false, confirm: false, colour: null };
    const plain = { address: null, port: null, user: null, groups: [], tags: [], note: '', policy: none };
    assert.deepEqual(host('bastion'), { ...plain, name: 'bastion' });
    assert.deepEqual(host('gateway'), { ...plain, name: 'gateway', address: '10.0.0.1' });
    assert.deepEqual(host('web03'), {
      ...plain,
      name: 'web03',
      user: 'deploy',
      groups: ['shop'],
      tags: ['prod', 'web', 'shop'],
      policy: { ...none, confirm: true },
    });
    assert.deepEqual(host('web04'), { ...plain, name: 'web04', user: 'deploy', tags: ['prod', 'web'] });
    assert.deepEqual(host('dba'), {
      ...plain,
      name: 'dba',
      port: 2222,
      user: 'postgres',
      groups: ['shop/data'],
      tags: ['shop'],
      note: 'The primary is dba.',
      policy: { readOnly: true, confirm: true, colour: 'red' },
    });
    assert.deepEqual(host('rack2-node02'), {
      ...plain,
      name: 'rack2-node02',
      user: 'postgres',
      groups: ['shop/data'],
      tags: ['spare', 'shop'],
    });
  });

  it('says what is wrong with its line, and keeps the rest', async () => {
    const { hosts, problems } = await readFile(path.join(fixtures, 'broken.hosts.yaml'));
    assert.deepEqual(
      hosts.map(({ name, user, port }) => [name, user, port]),
      [
        ['web01', 'b', null],
        ['ok', 'fine', null],
        ['two1', null, null],
        ['two2', null, null],
      ],
    );
    const said = (line: number): string => problems.find((problem) => problem.line === line)?.message ?? '';
    assert.equal(said(6), 'port: 99999 is more than 65535');
    assert.equal(said(15), 'policy.readOnly: "perhaps" is neither true nor false');
    const lines = problems.map(({ line }) => line ?? 0).sort((a, b) => a - b);
    assert.deepEqual(lines, [3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15]);
  });

  it('is known by what stands in it', async () => {
    const { hosts } = await read('hosts: [a, b]\n', 'inventory.yaml');
    assert.deepEqual(
      hosts.map(({ name, sources }) => [name, sources[0]?.kind, sources[0]?.line]),
      [
        ['a', 'hosts-file', 1],
        ['b', 'hosts-file', 1],
      ],
    );
  });

  it('names no more hosts than can be shown', async () => {
    const { hosts, problems } = await read('hosts: ["a[1-6000]", "b[1-6000]", "c[1-99999999]"]\n');
    assert.equal(hosts.length, 10_000);
    assert.equal(problems.length, 2);
  });

  it('has a schema that editors can use', () => {
    const schema = JSON.stringify(hostsFileSchema);
    for (const name of ['readOnly', 'colour', 'groups', 'address']) assert.match(schema, new RegExp(`"${name}"`, 'u'));
    assert.equal(hostsFileSchema.type, 'object');
  });

  it('never fails for what stands in it', async () => {
    const word = fc.oneof(
      fc.constantFrom(
        'hosts',
        'groups',
        'web[1-3]',
        'user',
        'policy',
        '[',
        ']',
        '{',
        '}',
        '- ',
        ': ',
        '\n',
        '\n  ',
        '&a ',
        '*a',
        '<<: ',
        '!x ',
        '"',
        "'",
        '|',
        '>',
        '#',
        '?',
        '__proto__',
        'constructor',
        '~',
        'null',
        '1e9',
        '%',
      ),
      fc.string({ maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(word, { maxLength: 60 }),
        fc.constantFrom('x.hosts.yaml', 'x.yml', 'x.ini'),
        async (words, name) => {
          const { hosts, problems } = await read(words.join(''), name);
          for (const host of hosts) assert.match(host.name, /^[^-\s'"`$;&<>|(){}\\][^\s'"`$;&<>|(){}\\]*$/u);
          for (const { line } of problems) assert.ok(line === null || line >= 1);
        },
      ),
      { numRuns: 400 },
    );
  });
});

function readFile(file: string): Promise<Inventory> {
  return readInventory({ sshConfigFiles: [], knownHostsFiles: [], inventoryFiles: [{ file, required: true }] }, signal);
}
