import * as assert from 'node:assert/strict';
import type { Host, Inventory } from '../../../../src/machine/machines';
import { filterHosts } from '../../../../src/features/ssh/core/filterHosts';
import { hostTree, type HostNode } from '../../../../src/features/ssh/core/hostTree';
import { hostsReport } from '../../../../src/features/ssh/report/hosts';

function host(name: string, more: Partial<Host> = {}): Host {
  return {
    name,
    sources: [{ kind: 'ssh-config', file: '/home/op/.ssh/config', line: 3 }],
    address: null,
    port: null,
    user: null,
    groups: [],
    tags: [],
    note: '',
    policy: { readOnly: false, confirm: false, colour: null },
    ...more,
  };
}

const inventory: Inventory = {
  hosts: [
    host('web01', { groups: ['shop/web', 'eu'], address: '10.0.0.1' }),
    host('web02', { groups: ['shop/web'], tags: ['canary'] }),
    host('bastion'),
    host('old', {
      sources: [{ kind: 'known-hosts', file: '/home/op/.ssh/known_hosts', line: 9 }],
      note: 'to be switched off',
    }),
  ],
  problems: [{ file: '/etc/ansible/hosts', line: 4, message: 'a range without an end' }],
};

/** 'shop(2)' of a folder, the name of a host; children indented by '>'. */
function drawn(nodes: readonly HostNode[], depth = 0): readonly string[] {
  return nodes.flatMap((node) => {
    const indent = '>'.repeat(depth);
    if (node.kind === 'host') return [`${indent}${node.host.name}`];
    const label = node.label.kind === 'group' ? node.label.name : `[${node.label.kind}]`;
    return [`${indent}${label}(${node.hostCount})`, ...drawn(node.children, depth + 1)];
  });
}

describe('the tree of hosts', () => {
  it('has groups within groups, a host in each of its groups, and the rest by where it stands', () => {
    assert.deepEqual(drawn(hostTree(inventory, [])), [
      'shop(2)',
      '>web(2)',
      '>>web01',
      '>>web02',
      'eu(1)',
      '>web01',
      '[ssh-config](1)',
      '>bastion',
      '[known-hosts](1)',
      '>old',
    ]);
  });

  it('begins with recent hosts, also with those that no file names', () => {
    const [recent] = hostTree(inventory, ['root@10.9.9.9', 'bastion']);
    assert.deepEqual(drawn(recent === undefined ? [] : [recent]), ['[recent](2)', '>root@10.9.9.9', '>bastion']);
  });

  it('has an id of its own for every place of a host', () => {
    const ids: string[] = [];
    const collect = (nodes: readonly HostNode[]): void => {
      for (const node of nodes) {
        ids.push(node.id);
        if (node.kind === 'folder') collect(node.children);
      }
    };
    collect(hostTree(inventory, ['web01']));
    assert.equal(new Set(ids).size, ids.length, ids.join(' '));
  });

  it('is narrowed by name, address, group, tag and note', () => {
    const names = (filter: string): readonly string[] => filterHosts(inventory, filter).hosts.map(({ name }) => name);
    assert.deepEqual(names('10.0'), ['web01']);
    assert.deepEqual(names('SHOP'), ['web01', 'web02']);
    assert.deepEqual(names('canary'), ['web02']);
    assert.deepEqual(names('switched'), ['old']);
    assert.deepEqual(names(' '), ['web01', 'web02', 'bastion', 'old']);
    assert.deepEqual(names('nothing of the kind'), []);
  });
});

describe('the report of hosts', () => {
  it('names every host with its places, runs its actions on it, and tells what was not understood', () => {
    const report = hostsReport(structuredClone(inventory) as Parameters<typeof hostsReport>[0]);
    assert.equal(report.status, 'warning');
    assert.match(report.verdict, /^4 hosts are known; 1 /);
    const [table, problems] = report.blocks;
    assert.ok(table?.kind === 'table' && problems?.kind === 'table');
    assert.deepEqual(table.menu?.machines, ['web01', 'web02', 'bastion', 'old']);
    assert.equal(table.menu?.inputs.length, table.rows.length);
    assert.deepEqual(problems.rows, [['/etc/ansible/hosts', 4, 'a range without an end']]);
  });

  it('says so where no host is known', () => {
    const report = hostsReport({ hosts: [], problems: [] });
    assert.equal(report.status, 'info');
    assert.match(report.verdict, /No host is known/);
  });
});
