import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { CancelledError, ExpectedError } from '../../../../src/lib/errors';
import { createLocalMachine, type LocalMachine } from '../../../../src/machine/local';
import type { WalkEntry } from '../../../../src/machine/machine';
import { connectHost } from '../../../../src/machine/ssh/connect/connectHost';
import type { Transport } from '../../../../src/machine/ssh/transport';
import { openSshMachine, type SshMachine, type SshMachineParts } from '../../../../src/machine/ssh';
import { noSshServer, startSshServer, type SshServer } from '../../../support/sshServer';
import { optionsFor, partsWith } from '../ssh/connect/support';
import { processTransport, type ProcessTransport } from '../ssh/shell/processTransport';
import { busyboxFolder, programPath } from '../ssh/shell/shells';
import { temporaryFolder } from '../support';
import { hashesOf, makeHostileTree, never, sha256, walked } from './support';

interface Way {
  readonly name: string;
  readonly busybox: boolean;
  readonly walk: 'find' | 'stat';
  readonly hash: 'program' | 'read';
  readonly tools: NonNullable<SshMachineParts['treeTools']>;
}

const WAYS: readonly Way[] = [
  { name: 'what there is', busybox: false, walk: 'find', hash: 'program', tools: {} },
  {
    name: 'GNU find and sha256sum -z',
    busybox: false,
    walk: 'find',
    hash: 'program',
    tools: { hash: { words: 'sha256sum -z --', form: 'zero' } },
  },
  { name: 'busybox', busybox: true, walk: 'stat', hash: 'program', tools: {} },
  {
    name: 'sha256sum without -z',
    busybox: false,
    walk: 'stat',
    hash: 'program',
    tools: { find: 'stat-gnu', hash: { words: 'sha256sum --', form: 'line' } },
  },
  {
    name: 'openssl',
    busybox: false,
    walk: 'find',
    hash: 'program',
    tools: { hash: { words: 'openssl dgst -sha256 -r', form: 'line' } },
  },
  { name: 'no program that hashes', busybox: false, walk: 'find', hash: 'read', tools: { hash: null } },
];

for (const way of WAYS) {
  describe(`trees of a host by ${way.name}`, function () {
    this.timeout(30_000);
    const inside = temporaryFolder();
    let local: LocalMachine;
    let machine: SshMachine;
    let transport: ProcessTransport;
    let end = (): Promise<void> => Promise.resolve();

    before(async function () {
      if (process.platform !== 'linux') return this.skip();
      if (way.busybox && programPath('busybox') === undefined) return this.skip();
      if (way.name === 'openssl' && programPath('openssl') === undefined) return this.skip();
      if (way.busybox) busyboxFolder(inside('bin'));
      transport = processTransport({ env: { PATH: way.busybox ? inside('bin') : '/usr/bin:/bin' }, cwd: '/' });
      local = createLocalMachine();
      const parts = { name: 'peer', log: { debug: () => undefined }, treeTools: way.tools };
      machine = await openSshMachine({ ...parts, transport: () => Promise.resolve(transport) }, never);
      fs.mkdirSync(inside('tree'));
      end = await makeHostileTree(inside('tree'));
    });
    after(async () => {
      await end();
      await machine?.dispose();
      transport?.close();
      await local?.dispose();
    });

    it('tells of a tree what this machine tells', async () => {
      const there = await walked(machine.files, inside('tree'));
      const here = await walked(local.files, inside('tree'));
      const isCoarse = way.walk === 'stat';
      assert.deepEqual(plain(there.entries, isCoarse), plain(here.entries, isCoarse));
      assert.deepEqual(new Map([...there.folders].sort()), new Map([...here.folders].sort()));
      assert.deepEqual([...there.ways], [way.walk]);
      assert.ok(there.movedBytes > 1_000);
    });

    it('enters neither what is skipped nor what lies deeper', async () => {
      const options = { skipNames: ['skipped', 'star*[x]', "quo'te"], maxDepth: 1 };
      const there = await walked(machine.files, inside('tree'), options);
      const here = await walked(local.files, inside('tree'), options);
      assert.deepEqual([...there.folders.keys()].sort(), [...here.folders.keys()].sort());
      assert.deepEqual([...there.entries.keys()].sort(), [...here.entries.keys()].sort());
    });

    it('hashes files of every name, and tells why it could not', async () => {
      const { entries } = await walked(local.files, inside('tree'));
      const paths = [...entries].filter(([, { kind }]) => kind === 'file').map(([file]) => file);
      const expected = await hashesOf(local.files, inside('tree'), paths);
      const hashes = await hashesOf(machine.files, inside('tree'), [...paths, 'gone', 'folder/no\nne']);
      assert.deepEqual(
        new Map([...hashes].sort()),
        new Map(
          [
            ...expected,
            ['gone', 'missing'] as const,
            ['folder/no\nne', hashes.get('folder/no\nne') ?? ''] as const,
          ].sort(),
        ),
      );
      assert.match(hashes.get('folder/no\nne') ?? '', /^(missing|failed)$/);
    });

    it('compares files of two folders there', async () => {
      fs.cpSync(inside('tree', 'folder', 'below'), inside('other'), { recursive: true });
      fs.writeFileSync(inside('other', 'more'), 'one');
      fs.writeFileSync(inside('tree', 'folder', 'below', 'more'), 'two');
      const roots = { left: inside('tree', 'folder', 'below'), right: inside('other') };
      const batches: unknown[] = [];
      for await (const { same, others } of machine.files.compareMany(roots, ['deep/large', 'more'], {
        signal: never,
      })) {
        batches.push({ same, others });
      }
      assert.deepEqual(batches, [{ same: 1, others: [{ index: 1, outcome: { kind: 'differs', offset: null } }] }]);
    });

    it('throws where the root is no folder, is not there, or may not be entered', async () => {
      const isError = (code: string) => (error: unknown) => error instanceof ExpectedError && error.code === code;
      await assert.rejects(walked(machine.files, inside('none')), isError('missing'));
      await assert.rejects(walked(machine.files, inside('tree', 'file')), isError('not-a-folder'));
      if (way.hash === 'program') {
        await assert.rejects(hashesOf(machine.files, inside('none'), ['x']), isError('missing'));
      }
    });

    it('ends over there what is cancelled', async () => {
      const controller = new AbortController();
      const work = walked(machine.files, '/', { signal: controller.signal });
      const rejected = assert.rejects(work, CancelledError);
      await pause(30);
      controller.abort();
      await rejected;
      for (let round = 0; transport.children.size > 2; round += 1) {
        if (round > 200) assert.fail(`${transport.children.size} processes are left`);
        await pause(25);
      }
    });
  });
}

describe('trees of a host as another user', function () {
  const inside = temporaryFolder();

  before(function () {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) this.skip();
  });

  for (const busybox of [false, true]) {
    it(`makes values of folders and files that may not be read (${busybox ? 'busybox' : 'GNU'})`, async function () {
      if (busybox && programPath('busybox') === undefined) return this.skip();
      const root = inside(`tree-${busybox}`);
      fs.mkdirSync(`${root}/closed/x`, { recursive: true });
      fs.mkdirSync(`${root}/it's\n closed`);
      fs.writeFileSync(`${root}/secret`, 'x', { mode: 0o600 });
      fs.writeFileSync(`${root}/open`, 'x');
      fs.chmodSync(`${root}/closed`, 0o700);
      if (busybox) busyboxFolder(inside('bin'));
      const transport = processTransport({
        env: { PATH: busybox ? inside('bin') : '/usr/bin:/bin' },
        cwd: '/',
        uid: 65_534,
      });
      const parts = { name: 'peer', log: { debug: () => undefined } };
      const machine = await openSshMachine({ ...parts, transport: () => Promise.resolve(transport) }, never);
      const { folders, entries } = await walked(machine.files, root);
      assert.equal(folders.get('closed'), 'denied');
      assert.equal(folders.get("it's\n closed"), null);
      assert.equal(entries.has('secret'), true);
      const hashes = await hashesOf(machine.files, root, ['open', 'secret']);
      assert.deepEqual(
        hashes,
        new Map([
          ['open', sha256('x')],
          ['secret', 'denied'],
        ]),
      );
      await assert.rejects(
        walked(machine.files, `${root}/closed`),
        (error) => error instanceof ExpectedError && error.code === 'denied',
      );
      await machine.dispose();
      transport.close();
    });
  }
});

describe('trees of a host through sshd, by SFTP alone', function () {
  this.timeout(30_000);
  const inside = temporaryFolder();
  let server: SshServer;
  let transport: Transport;
  let there: SshMachine;
  let here: LocalMachine;

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer();
    transport = await connectHost(optionsFor(server), partsWith(), never);
    const parts = { name: 'peer', log: { debug: () => undefined }, treeTools: { find: null, hash: null } };
    there = await openSshMachine({ ...parts, transport: () => Promise.resolve(transport) }, never);
    here = createLocalMachine();
  });
  after(async () => {
    await there?.dispose();
    transport?.close();
    await here?.dispose();
    await server?.stop();
  });

  it('walks and hashes as this machine does', async () => {
    fs.mkdirSync(inside('tree'));
    const end = await makeHostileTree(inside('tree'));
    const one = await walked(there.files, inside('tree'));
    const other = await walked(here.files, inside('tree'));
    assert.deepEqual(plain(one.entries, true), plain(other.entries, true));
    assert.deepEqual([...one.ways], ['sftp']);
    const paths = [...one.entries].filter(([, { kind }]) => kind === 'file').map(([file]) => file);
    assert.deepEqual(
      new Map([...(await hashesOf(there.files, inside('tree'), [...paths, 'gone']))].sort()),
      new Map([...(await hashesOf(here.files, inside('tree'), [...paths, 'gone']))].sort()),
    );
    await end();
  });
});

/** Without what a machine does not tell alike: the size of folders; with whole seconds where one has no others. */
function plain(entries: ReadonlyMap<string, WalkEntry>, isCoarse: boolean): readonly unknown[] {
  return [...entries]
    .map(([path, { kind, stat, linkTarget, failure }]) => [
      path,
      kind,
      linkTarget,
      failure,
      kind === 'directory' ? null : stat?.sizeBytes,
      stat?.mode,
      stat?.uid,
      stat?.gid,
      isCoarse ? Math.floor((stat?.modifiedMs ?? 0) / 1_000) : Math.round((stat?.modifiedMs ?? 0) * 1_000),
    ])
    .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
