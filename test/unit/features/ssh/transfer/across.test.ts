import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Readable } from 'node:stream';
import { transferReport } from '../../../../../src/features/ssh/report/transfer';
import { ExpectedError } from '../../../../../src/lib/errors';
import type { MachineFiles } from '../../../../../src/machine/machine';
import type { RunContext } from '../../../../../src/tool/tool';
import { holdSessions, noSshServer } from '../../../../support/sshServer';
import { until } from '../../../../support/toolRuntime';
import { makeTree, removeTrees, startPeer, temporaryFolder, transfer, treeOf, type Peer } from './support';

describe('copying and moving from host to host', function () {
  let peer: Peer;
  let folder: string;
  let tree: string;

  before(async function () {
    if (noSshServer !== undefined) this.skip();
    peer = await startPeer();
  });
  after(async () => peer?.end());
  beforeEach(() => {
    folder = temporaryFolder();
    tree = makeTree(folder);
  });
  afterEach(() => removeTrees(folder));
  const inside = (name: string): string => path.join(folder, name);
  const carry = (name: string, move: boolean, context = peer.context): ReturnType<typeof transfer> =>
    transfer('across', { from: inside(name), to: inside('there'), host: 'ledger', exact: true, move }, context);

  /** The first host, with some of its verbs replaced. */
  function withFiles(change: (files: MachineFiles) => Partial<MachineFiles>): RunContext {
    const { machine } = peer;
    return { ...peer.context, machine: { ...machine, files: { ...machine.files, ...change(machine.files) } } };
  }

  it('keeps names, contents, modes, times and links, and leaves the original', async () => {
    const before = treeOf(tree);
    const result = await carry('tree', false);
    assert.deepEqual(result.failed, []);
    assert.equal(treeOf(inside('there')), before);
    assert.equal(treeOf(tree), before);
    assert.match(transferReport(result).verdict, /^Copied to /);
    assert.equal(transferReport(result).title, 'Copy from peer to ledger');
  });

  it('deletes the original when all of it is there and verified', async () => {
    const before = treeOf(tree);
    const result = await carry('tree', true);
    assert.equal(result.verifiedFiles, result.total.files);
    assert.equal(treeOf(inside('there')), before);
    assert.equal(fs.existsSync(tree), false);
    const { verdict, status, title } = transferReport(result);
    assert.match(verdict, /^Moved to /);
    assert.equal(status, 'ok');
    assert.equal(title, 'Move from peer to ledger');
  });

  it('moves a link, and not what it leads to', async () => {
    fs.symlinkSync('tree', inside('current'));
    const result = await carry('current', true);
    assert.equal(result.done.links, 1);
    assert.equal(fs.readlinkSync(inside('there')), 'tree');
    assert.throws(() => fs.lstatSync(inside('current')));
    assert.ok(fs.existsSync(path.join(tree, 'plain.txt')));
  });

  it('deletes nothing when something of it cannot be there', async () => {
    execFileSync('mkfifo', [path.join(tree, 'fifo')]);
    const before = treeOf(tree);
    const result = await carry('tree', true);
    assert.equal(result.deletedCount, 0);
    assert.equal(treeOf(tree), before);
    const { verdict, status } = transferReport(result);
    assert.match(verdict, /Nothing was deleted on peer\.$/);
    assert.equal(status, 'warning');
  });

  it('keeps what was changed or added after it was copied, and says so', async () => {
    const context = withFiles((files) => ({
      // Lists tell what is looked at before: this is the look before a file is deleted.
      stat: (file, signal) => {
        if (file === path.join(tree, 'plain.txt')) {
          fs.writeFileSync(file, 'changed');
          fs.writeFileSync(path.join(tree, 'deep/added'), 'added');
        }
        return files.stat(file, signal);
      },
    }));
    const result = await carry('tree', true, context);
    assert.deepEqual(result.undeleted.map((row) => row.path).sort(), ['', 'deep', 'plain.txt']);
    assert.equal(fs.readFileSync(path.join(tree, 'plain.txt'), 'utf8'), 'changed');
    assert.equal(fs.readFileSync(path.join(tree, 'deep/added'), 'utf8'), 'added');
    assert.deepEqual(fs.readdirSync(tree).sort(), ['deep', 'plain.txt']);
    assert.match(transferReport(result).verdict, /3 could not be\.$/);
  });

  for (const keepParts of [true, false]) {
    it(`is cancelled in the middle of a large file, ${keepParts ? 'of which a part stays' : 'of which nothing stays'}`, async () => {
      const content = randomBytes(20_000_000);
      fs.writeFileSync(inside('large'), content);
      const controller = new AbortController();
      // The last of the content never comes: it is cancelled when the rest is there, however fast that is.
      const context = withFiles((files) => ({
        stream: (path, options) => {
          const cutOff = async function* (): AsyncGenerator<Buffer> {
            yield* await files.stream(path, options);
            controller.abort();
            options.signal.throwIfAborted();
          };
          return Promise.resolve(Readable.from(cutOff()));
        },
      }));
      const given = { from: inside('large'), to: inside('there'), host: 'ledger', exact: true, move: true, keepParts };
      const result = await transfer('across', given, { ...context, signal: controller.signal });
      assert.equal(result.state, 'cancelled');
      assert.ok(content.equals(fs.readFileSync(inside('large'))));
      assert.equal(result.keptParts, keepParts ? 1 : 0);
      const hidden = fs.readdirSync(folder).filter((name) => name.startsWith('.'));
      assert.equal(hidden.length, keepParts ? 1 : 0, hidden.join());
      assert.equal(fs.existsSync(inside('there')), false);
    });
  }

  it('leaves nothing of a large file either on a host that says nothing when it is cancelled, once it goes on', async function () {
    this.timeout(60_000);
    fs.writeFileSync(inside('large'), randomBytes(20_000_000));
    const controller = new AbortController();
    const hidden = (): readonly string[] => fs.readdirSync(folder).filter((name) => name.startsWith('.'));
    let held: { go(): void } | undefined;
    const context = withFiles((files) => ({
      stream: (path, options) => {
        const cutOff = async function* (): AsyncGenerator<Buffer> {
          yield* await files.stream(path, options);
          await until(() => hidden().length === 1);
          held = holdSessions(peer.server);
          controller.abort();
          options.signal.throwIfAborted();
        };
        return Promise.resolve(Readable.from(cutOff()));
      },
    }));
    const given = { from: inside('large'), to: inside('there'), host: 'ledger', exact: true, keepParts: false };
    try {
      const result = await transfer('across', given, { ...context, signal: controller.signal });
      assert.equal(result.state, 'cancelled');
      assert.equal(hidden().length, 1);
    } finally {
      held?.go();
    }
    await until(() => hidden().length === 0);
  });

  it('refuses to move something onto itself under another name of the host', async () => {
    const before = treeOf(tree);
    const given = { from: tree, to: tree, host: 'ledger', exact: true, move: true, onConflict: 'overwrite' as const };
    await assert.rejects(transfer('across', given, peer.context), (error: unknown) => {
      assert.ok(error instanceof ExpectedError);
      assert.match(error.message, /may lead to the same host/);
      return true;
    });
    assert.equal(treeOf(tree), before);
  });
});
