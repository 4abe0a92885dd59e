import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readInventory } from '../../../../src/machine/inventory/read';
import type { Host, Inventory } from '../../../../src/machine/machines';
import { projectPath } from '../../../support/project';

const { signal } = new AbortController();
const fixtures = projectPath('test', 'fixtures', 'inventory');
const program = (process.env['PATH'] ?? '')
  .split(path.delimiter)
  .map((folder) => path.join(folder, 'ansible-inventory'))
  .find((file) => fs.existsSync(file));

describe('an Ansible inventory', () => {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-ansible-'))));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  const read = (text: string, name = 'hosts', mode = 0o644): Promise<Inventory> => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    fs.chmodSync(file, mode);
    return readFile(file);
  };

  for (const name of ['production.ini', 'production.yml', 'nested.ini']) {
    it(`is read as Ansible reads it: ${name}`, async function () {
      if (program === undefined) this.skip();
      const file = path.join(fixtures, name);
      const inventory = await readFile(file);
      const ours = Object.fromEntries(inventory.hosts.map((host) => [host.name, summary(host)]));
      assert.deepEqual(ours, ansibleSays(file));
    });
  }

  it('gives ranges, ports and variables of groups and hosts, with lines', async () => {
    const { hosts, problems } = await readFile(path.join(fixtures, 'production.ini'));
    const byName = new Map(hosts.map((host) => [host.name, host]));
    assert.deepEqual(
      hosts.map(({ name }) => name).filter((name) => name.startsWith('w')),
      [
        'web01.example.com',
        'web02.example.com',
        'web03.example.com',
        'www1.example.com',
        'www5.example.com',
        'www9.example.com',
      ],
    );
    assert.deepEqual(byName.get('www5.example.com'), {
      name: 'www5.example.com',
      sources: [{ kind: 'ansible', file: path.join(fixtures, 'production.ini'), line: 8 }],
      address: null,
      port: 2201,
      user: 'deploy',
      groups: ['webservers'],
      tags: [],
      note: '',
      policy: { readOnly: false, confirm: false, colour: null },
    });
    assert.deepEqual(byName.get('web01.example.com')?.groups, ['webservers', 'usa/southeast/atlanta']);
    assert.equal(byName.get('host1')?.address, '192.0.2.50');
    assert.equal(byName.get('bad.example.com')?.user, 'web admin');
    assert.equal(byName.get('2001:db8::7')?.port, 2222);
    assert.equal(byName.has('windows.example.com'), false);
    assert.deepEqual(
      problems.map(({ line, message }) => `${line}: ${message}`),
      [
        '13: ansible_host was left out: only Ansible can work out its value',
        '14: windows.example.com is reached by winrm, not by SSH; it was left out',
      ],
    );
  });

  it('says which lines it cannot understand, and keeps the rest', async () => {
    const text =
      '[web]\na b=1 c\n"open\n[1:2\nweb[9:1]\n[web:vars]\nno assignment\n[web:odd]\nx\n[shop:children]\nmissing\n[last]\nz\n-oProxyCommand=x\nok ansible_port=70000\n$(reboot)\n';
    const { hosts, problems } = await read(text);
    assert.deepEqual(
      hosts.map(({ name, port }) => [name, port]),
      [
        ['a', null],
        ['z', null],
        ['ok', null],
      ],
    );
    const lines = problems.map(({ line }) => line).sort((a, b) => (a ?? 0) - (b ?? 0));
    assert.deepEqual(lines, [2, 3, 4, 5, 7, 8, 11, 14, 15, 16]);
  });

  it('bears groups that hold each other', async () => {
    const { hosts, problems } = await read('[a:children]\nb\n[b:children]\na\nb\n[b]\nweb01\n');
    assert.deepEqual(
      hosts.map(({ name }) => name),
      ['web01'],
    );
    assert.equal(problems.filter(({ message }) => message.includes('hold each other')).length, 2);
  });

  it('bears groups in an endless row of groups', async () => {
    const row = Array.from({ length: 20_000 }, (_, index) => `[g${index}:children]\ng${index + 1}\n`).join('');
    const { hosts, problems } = await read(`${row}[g20000]\nweb01\n`);
    assert.deepEqual(
      hosts.map(({ name }) => name),
      ['web01'],
    );
    assert.ok(problems.some(({ message }) => message.includes('too deep')));
  });

  it('is never run when it is a program', async () => {
    const proof = path.join(folder, 'proof');
    const script = await read(`#!/bin/sh\ntouch ${proof}\necho '{}'\n`, 'script', 0o755);
    assert.deepEqual(script.hosts, []);
    assert.match(script.problems[0]?.message ?? '', /never run/u);
    const marked = await read('web01\n', 'marked', 0o755);
    assert.deepEqual(
      marked.hosts.map(({ name }) => name),
      ['web01'],
    );
    assert.match(marked.problems[0]?.message ?? '', /never run/u);
    const plugin = await read('plugin: aws_ec2\nregions: [eu-west-1]\n', 'aws.yml');
    assert.match(plugin.problems[0]?.message ?? '', /never run/u);
    assert.equal(fs.existsSync(proof), false);
  });

  it('in YAML says what is wrong with its line', async () => {
    const text =
      'all:\n  hosts:\n    web01:\n      ansible_port: 2\n    web01: {}\n  hostz: {}\n  children:\n    - a\nweb:\n  hosts: [a]\n  vars:\n    ansible_user: !vault |\n      $ANSIBLE_VAULT;1.1;AES256\n      3031\ndb: text\n';
    const { hosts, problems } = await read(text, 'inventory.yml');
    assert.deepEqual(
      hosts.map(({ name }) => name),
      ['web01'],
    );
    assert.deepEqual(
      problems.map(({ line }) => line).sort((a, b) => (a ?? 0) - (b ?? 0)),
      [5, 6, 7, 10, 15],
    );
  });

  it('bears bombs, depth and bad text in YAML', async () => {
    const bomb = `a: &a [x]\n${Array.from({ length: 30 }, (_, index) => {
      const before = index === 0 ? 'a' : `a${index - 1}`;
      return `a${index}: &a${index} [${`*${before},`.repeat(9)}]\n`;
    }).join('')}`;
    for (const text of [
      bomb,
      '['.repeat(200_000),
      '{a: '.repeat(50_000),
      '\t- x',
      '? [a]\n: b\n',
      '%YAML 9.9\n---\n&',
      '*a',
    ]) {
      const { hosts, problems } = await read(text, 'hostile.yml');
      assert.deepEqual(hosts, []);
      assert.ok(problems.length > 0, text.slice(0, 20));
    }
  });
});

function readFile(file: string): Promise<Inventory> {
  return readInventory({ sshConfigFiles: [], knownHostsFiles: [], inventoryFiles: [{ file, required: true }] }, signal);
}

interface Summary {
  readonly address: string | null;
  readonly port: number | null;
  readonly user: string | null;
  readonly groups: readonly string[];
}

function summary({ address, port, user, groups }: Host): Summary {
  const names = groups.map((group) => group.slice(group.lastIndexOf('/') + 1));
  return { address, port, user, groups: [...new Set(names)].sort() };
}

/** What `ansible-inventory` makes of it: the hosts that SSH reaches, templates left out. */
function ansibleSays(file: string): Record<string, Summary> {
  const env = { ...process.env, ANSIBLE_LOCAL_TEMP: os.tmpdir(), ANSIBLE_INVENTORY_ENABLED: 'ini,yaml' };
  const text = execFileSync(program ?? '', ['-i', file, '--list'], { encoding: 'utf8', timeout: 15_000, env });
  const { _meta, ...groups } = JSON.parse(text) as Record<string, { hosts?: string[] }> & {
    _meta: { hostvars: Record<string, Record<string, unknown>> };
  };
  const names = new Set(Object.values(groups).flatMap(({ hosts = [] }) => hosts));
  const found: Record<string, Summary> = {};
  for (const name of names) {
    const vars = _meta.hostvars[name] ?? {};
    if (['local', 'winrm'].includes(String(vars['ansible_connection']))) continue;
    const text = (...keys: string[]): string | null => {
      const value = keys.map((key) => vars[key]).find((one) => one !== undefined);
      if (typeof value === 'number') return String(value);
      return typeof value === 'string' && !value.includes('{{') ? value : null;
    };
    const port = text('ansible_port', 'ansible_ssh_port');
    const groupNames = Object.entries(groups).filter(([, { hosts = [] }]) => hosts.includes(name));
    found[name] = {
      address: text('ansible_host', 'ansible_ssh_host'),
      port: port === null ? null : Number(port),
      user: text('ansible_user', 'ansible_ssh_user'),
      groups: groupNames
        .map(([group]) => group)
        .filter((group) => group !== 'ungrouped')
        .sort(),
    };
  }
  return found;
}
