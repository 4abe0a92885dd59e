import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isCancelled } from '../../../../src/lib/errors';
import { type InventorySources, readInventory } from '../../../../src/machine/inventory/read';
import type { Inventory } from '../../../../src/machine/machines';
import { projectPath } from '../../../support/project';

const { signal } = new AbortController();
const knownHosts = projectPath('test', 'fixtures', 'inventory', 'known_hosts');

describe('the inventory of several sources', () => {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-inventory-'))));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  const file = (name: string, text: string): string => {
    const place = path.join(folder, name);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, text);
    return place;
  };
  const read = (sources: Partial<Record<keyof InventorySources, readonly string[]>>): Promise<Inventory> => {
    const named = (files: readonly string[] = []) => files.map((place) => ({ file: place, required: true }));
    const { sshConfigFiles, knownHostsFiles, inventoryFiles } = sources;
    return readInventory(
      {
        sshConfigFiles: named(sshConfigFiles),
        knownHostsFiles: named(knownHostsFiles),
        inventoryFiles: named(inventoryFiles),
      },
      signal,
    );
  };

  it('takes from known_hosts what stands there in clear and nowhere else', async () => {
    const { hosts, problems } = await read({ knownHostsFiles: [knownHosts] });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      hosts.map(({ name, port, sources }) => [name, port, sources[0]?.kind, sources[0]?.line]),
      [
        ['web01.example.com', null, 'known-hosts', 2],
        ['gate.example.com', 2222, 'known-hosts', 3],
        ['192.0.2.10', null, 'known-hosts', 8],
        ['192.0.2.77', null, 'known-hosts', 9],
      ],
    );
  });

  it('lists the names of SSH configurations, with Include and without patterns', async () => {
    const config = file(
      'home/.ssh/config',
      'Include conf.d/*\nHost web01 web02 !x "web03" db?\nHost *\n  User a\nMatch host m\n Host -bad $(x) inner\nHost web01\n',
    );
    const included = file('home/.ssh/conf.d/team', '# team\nHost gate web02\n  Include ~/.ssh/more\n');
    const more = file('home/.ssh/more', 'Host deep\n');
    const { hosts, problems } = await read({ sshConfigFiles: [config] });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      hosts.map(({ name, sources }) => [name, sources[0]?.file, sources[0]?.line]),
      [
        ['gate', included, 2],
        ['web02', included, 2],
        ['deep', more, 1],
        ['web01', config, 2],
        ['web03', config, 2],
        ['inner', config, 6],
      ],
    );
  });

  it('unites what several files say of a host; the first decides', async () => {
    const config = file('config', 'Host web01\n');
    const first = file('a.hosts.yaml', 'hosts:\n  web01: { user: a, tags: [x], policy: { readOnly: true } }\n');
    const second = file('b.ini', '[web]\nweb01 ansible_host=192.0.2.10 ansible_user=b\n');
    const third = file('c.hosts.yaml', 'groups:\n  all-of-it:\n    note: none\n');
    const fourth = file(
      'd.hosts.yaml',
      'groups:\n  ops:\n    tags: [y, x]\n    policy: { readOnly: false, confirm: true }\n    hosts: [web01]\n',
    );
    const inventoryFiles = [first, second, third, fourth];
    const { hosts, problems } = await read({ sshConfigFiles: [config], inventoryFiles, knownHostsFiles: [knownHosts] });
    assert.deepEqual(hosts[0], {
      name: 'web01',
      sources: [
        { kind: 'ssh-config', file: config, line: 1 },
        { kind: 'hosts-file', file: first, line: 2 },
        { kind: 'ansible', file: second, line: 2 },
        { kind: 'hosts-file', file: fourth, line: 5 },
      ],
      address: '192.0.2.10',
      port: null,
      user: 'a',
      groups: ['web', 'ops'],
      tags: ['x', 'y'],
      note: '',
      policy: { readOnly: true, confirm: true, colour: null },
    });
    // Its address has no row of its own.
    assert.equal(
      hosts.some(({ name }) => name === '192.0.2.10'),
      false,
    );
    assert.deepEqual(
      problems.map(({ file: place, line }) => [place, line]),
      [[third, 3]],
    );
  });

  it('says that a file is missing only when the user named it', async () => {
    const missing = path.join(folder, 'nowhere');
    const files = [
      { file: missing, required: true },
      { file: `${missing}2`, required: false },
    ];
    const { problems } = await readInventory(
      { sshConfigFiles: files, knownHostsFiles: files, inventoryFiles: files },
      signal,
    );
    assert.deepEqual(
      problems.map((problem) => problem.file),
      [missing, missing, missing],
    );
  });

  it('reads no folder, no pipe and nothing huge', async () => {
    const huge = file('huge.ini', 'x\n'.repeat(600_000));
    const { hosts, problems } = await read({
      inventoryFiles: [folder, '/dev/zero', huge].filter((place) => fs.existsSync(place)),
      sshConfigFiles: [huge],
    });
    assert.deepEqual(hosts, []);
    assert.ok(problems.length >= 3);
  });

  it('reads a thousand hosts', async () => {
    const ini = `[web]\n${Array.from({ length: 1000 }, (_, index) => `web${index} ansible_host=10.0.${index >> 8}.${index & 255}\n`).join('')}`;
    const { hosts } = await read({ inventoryFiles: [file('thousand.ini', ini)] });
    assert.equal(hosts.length, 1000);
    assert.equal(hosts[999]?.address, '10.0.3.231');
  });

  it('can be cancelled', async () => {
    await assert.rejects(
      readInventory({ sshConfigFiles: [], knownHostsFiles: [], inventoryFiles: [] }, AbortSignal.abort()),
      isCancelled,
    );
  });
});
