import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import type { DirectoriesResult } from '../../../../../src/features/compare/core/trees/schema';
import type { ManifestResult } from '../../../../../src/features/compare/core/trees/manifestInputs';
import { manifestTool } from '../../../../../src/features/compare/treeTools';
import { ExpectedError } from '../../../../../src/lib/errors';
import { createLocalMachine, type LocalMachine } from '../../../../../src/machine/local';
import { reportSchema } from '../../../../../src/report/schema';
import type { RunContext } from '../../../../../src/tool/tool';
import { NO_MACHINES, runContextOf } from '../../../../support/runContext';
import { asOrdinaryUser, onPosix, temporaryFolder } from '../../../machine/support';
import { makeHostileTree } from '../../../machine/trees/support';
import { compare } from './support';

describe('compare.manifest', function () {
  this.timeout(30_000);
  const inside = temporaryFolder();
  let machine: LocalMachine;
  let context: RunContext;

  before(() => {
    machine = createLocalMachine();
    context = contextOf(machine);
  });
  after(() => machine?.dispose());

  async function save(folder: string, output: string, one = context): Promise<ManifestResult> {
    let last: ManifestResult | undefined;
    for await (const result of manifestTool.run(manifestTool.input.parse({ folder, output }), one)) last = result;
    reportSchema.parse(manifestTool.report(last ?? assert.fail()));
    return manifestTool.result.parse(JSON.parse(JSON.stringify(last)));
  }
  const against = (folder: string, manifest: string, more = {}): Promise<DirectoriesResult> =>
    compare({ left: manifest, right: folder, ...more }, context);

  onPosix('writes down every kind and name, and finds nothing changed', async () => {
    fs.mkdirSync(inside('hostile'));
    const end = await makeHostileTree(inside('hostile'));
    const saved = await save(inside('hostile'), inside('hostile.manifest'));
    assert.equal(saved.failureCount, 0);
    const text = fs.readFileSync(inside('hostile.manifest'));
    assert.equal(saved.sha256, createHash('sha256').update(text).digest('hex'));
    assert.equal(saved.sizeBytes, text.length);
    const lines = text
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const file = lines.find((line) => line['path'] === 'file');
    assert.deepEqual([file?.['size'], file?.['mode'], file?.['mtimeMs']], [7, '0640', 1_600_000_000_250]);
    assert.equal(file?.['sha256'], createHash('sha256').update('content').digest('hex'));
    const found = await against(inside('hostile'), inside('hostile.manifest'), { metadata: 'mode, owner, mtime' });
    assert.deepEqual(
      found.rows.map(({ path, difference }) => `${difference} ${path}`),
      ['kind pipe', 'kind socket'],
    );
    assert.equal(found.counts.same, saved.files + saved.others - 2);
    await end();
  });

  it('finds what has changed since', async () => {
    fs.mkdirSync(inside('tree', 'folder'), { recursive: true });
    for (const name of ['kept', 'edited', 'removed', 'moved', 'folder/deep'])
      fs.writeFileSync(inside('tree', name), name);
    await save(inside('tree'), inside('tree.manifest'));
    fs.writeFileSync(inside('tree', 'edited'), 'EDITED');
    fs.rmSync(inside('tree', 'removed'));
    fs.renameSync(inside('tree', 'moved'), inside('tree', 'folder', 'there'));
    fs.writeFileSync(inside('tree', 'added'), 'a');
    const found = await against(inside('tree'), inside('tree.manifest'), { moved: true });
    assert.deepEqual(
      found.rows.map(
        ({ path, difference, movedTo }) => `${difference} ${path}${movedTo === null ? '' : ` ${movedTo}`}`,
      ),
      ['rightOnly added', 'differs edited', 'moved moved folder/there', 'leftOnly removed'],
    );
    assert.deepEqual(
      found.sides.map(({ source, listedBy, readBy }) => [source, listedBy, readBy]),
      [
        ['manifest', 'manifest', 'manifest'],
        ['folder', 'threads', 'threads'],
      ],
    );
    await save(inside('tree'), inside('later.manifest'));
    const both = await compare({ left: inside('tree.manifest'), right: inside('later.manifest') }, context);
    assert.equal(both.counts.differs, 1);
  });

  onPosix('tells what it could not read, there and in a comparison', async () => {
    fs.mkdirSync(inside('partly', 'closed'), { recursive: true });
    fs.writeFileSync(inside('partly', 'secret'), 'x', { mode: 0 });
    fs.writeFileSync(inside('partly', 'open'), 'x');
    fs.mkdirSync(inside('out'));
    fs.chmodSync(inside('out'), 0o777);
    fs.chmodSync(inside('partly', 'closed'), 0);
    const own = createLocalMachine();
    const saved = await asOrdinaryUser(() => save(inside('partly'), inside('out', 'partly.manifest'), contextOf(own)));
    await own.dispose();
    assert.deepEqual(saved.failures.map(({ path, reason }) => `${path}: ${reason}`).sort(), [
      'closed: permission denied',
      'secret: permission denied',
    ]);
    fs.chmodSync(inside('partly', 'closed'), 0o755);
    const found = await against(inside('partly'), inside('out', 'partly.manifest'));
    assert.deepEqual(
      found.rows.map(({ path, difference, reason }) => `${difference} ${path} ${reason}`),
      ['error closed left: permission denied', 'error secret left: permission denied'],
    );
  });

  it('replaces no file, leaves none half written, and refuses what is no manifest', async () => {
    fs.mkdirSync(inside('small'));
    fs.writeFileSync(inside('taken'), 'mine');
    const isError = (code: string) => (error: unknown) => error instanceof ExpectedError && error.code === code;
    await assert.rejects(save(inside('small'), inside('taken')), isError('exists'));
    assert.equal(fs.readFileSync(inside('taken'), 'utf8'), 'mine');
    const controller = new AbortController();
    controller.abort();
    await assert.rejects(save(inside('small'), inside('half'), { ...context, signal: controller.signal }));
    assert.deepEqual(
      fs.readdirSync(inside()).filter((name) => name.startsWith('half')),
      [],
    );
    await save(inside('small'), inside('broken'));
    fs.appendFileSync(inside('broken'), '{"path":1}\n');
    const broken = await against(inside('small'), inside('broken'));
    assert.equal(broken.state, 'stopped');
    assert.match(broken.sides[0]?.stopReason ?? '', /^Line 2 of the manifest/);
  });
});

function contextOf(machine: LocalMachine): RunContext {
  return runContextOf(machine, { machines: { ...NO_MACHINES, open: () => Promise.resolve(machine) } });
}
