import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as zlib from 'node:zlib';
import type { DirectoriesResult } from '../../../../../src/features/compare/core/trees/schema';
import { directoriesTool } from '../../../../../src/features/compare/treeTools';
import type { OwnedMachines } from '../../../../../src/machine/machines';
import { reportSchema } from '../../../../../src/report/schema';
import type { RunContext } from '../../../../../src/tool/tool';
import { machinesOf } from '../../../../support/machines';
import { runContextOf } from '../../../../support/runContext';
import { noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { temporaryFolder } from '../../../machine/support';
import { hasProgram } from '../gnu';
import { compare, makeRandomTrees } from './support';
import { tarOf, tarHeaderOf } from './tarOf';

describe('compare.directories with archives', function () {
  this.timeout(60_000);
  const inside = temporaryFolder();
  let machines: OwnedMachines;
  let server: SshServer | undefined;
  let context: RunContext;

  before(async () => {
    server = noSshServer === undefined ? await startSshServer() : undefined;
    machines = machinesOf(server?.configFile ?? null);
    context = runContextOf(await machines.open('local', new AbortController().signal), { machines });
  });
  after(async () => {
    await machines.close();
    await server?.stop();
  });

  const run = (
    left: string,
    right: string,
    more: Partial<Parameters<typeof compare>[0]> = {},
  ): Promise<DirectoriesResult> => compare({ left, right, ...more }, context);
  const told = ({ rows }: DirectoriesResult): readonly string[] =>
    rows.map(
      ({ path: file, difference, reason }) => `${difference} ${file}${difference === 'error' ? `: ${reason}` : ''}`,
    );

  /** Packs what is in a folder. */
  const pack = (folder: string, file: string, ...options: readonly string[]): string => {
    if (file.endsWith('.zip')) execFileSync('zip', ['-qry', file, '.', ...options], { cwd: folder });
    else execFileSync('tar', ['-C', folder, ...options, '-cf', file, '.']);
    return file;
  };

  const kinds: readonly (readonly [string, readonly string[]])[] = [
    ['gnu.tar', ['--format=gnu']],
    ['pax.tar', ['--format=posix']],
    ['ustar.tar', ['--format=ustar']],
    ['gzipped.tgz', ['-z']],
    ['right.zip', []],
  ];
  for (const [name, options] of kinds) {
    it(`finds in ${name} what is in the folder`, async function () {
      if (!hasProgram(name.endsWith('.zip') ? 'zip' : 'tar')) return this.skip();
      for (const seed of [1, 2, 3]) {
        const root = inside(`${name}${seed}`);
        makeRandomTrees(root, seed);
        const [left, right] = [path.join(root, 'left'), path.join(root, 'right')];
        const archive = pack(right, path.join(root, name), ...options);
        const found = await run(left, archive);
        assert.deepEqual(told(found), told(await run(left, right, { mode: 'hash' })));
        assert.deepEqual([found.sides[1]?.source, found.contentBy], ['archive', 'hash']);
        reportSchema.parse(directoriesTool.report(found));
        assert.deepEqual(told(await run(right, archive, { metadata: 'mode, mtime' })), []);
        assert.deepEqual(
          told(await run(left, archive, { mode: 'size' })),
          told(await run(left, right, { mode: 'size' })),
        );
      }
    });
  }

  it('reads archives where they are, over SSH too, and folders within them', async function () {
    if (server === undefined || !hasProgram('zip')) return this.skip();
    const root = inside('far');
    makeRandomTrees(root, 7);
    const [left, right] = [path.join(root, 'left'), path.join(root, 'right')];
    for (const name of ['a.tar', 'a.tar.gz', 'a.zip']) {
      const archive = pack(root, inside(name), ...(name.endsWith('gz') ? ['-z'] : []));
      const found = await run(left, `peer:archive:${archive}:right`);
      assert.deepEqual(told(found), told(await run(left, right, { mode: 'hash' })));
      assert.ok((found.sides[1]?.movedBytes ?? 0) > 0);
    }
  });

  it('follows .gitignore, finds moved files, takes links for links', async () => {
    const folder = inside('more');
    fs.mkdirSync(path.join(folder, 'sub'), { recursive: true });
    const write = (name: string, text: string): void => fs.writeFileSync(path.join(folder, name), text);
    write('.gitignore', '*.log\n');
    write('a', 'a content');
    write('b.log', '1');
    fs.linkSync(path.join(folder, 'a'), path.join(folder, 'hard'));
    fs.symlinkSync('a', path.join(folder, 'soft'));
    const archive = pack(folder, inside('more.tar'));
    write('b.log', '2');
    fs.renameSync(path.join(folder, 'a'), path.join(folder, 'sub', 'a'));
    assert.deepEqual(told(await run(folder, archive)), ['rightOnly a', 'differs b.log', 'leftOnly sub/a']);
    assert.deepEqual(told(await run(archive, folder, { gitignore: true, moved: true })), ['moved a']);
    assert.deepEqual(told(await run(folder, archive, { more: archive, gitignore: true })), [
      'outlier a',
      'outlier sub/a',
    ]);
  });

  it('leads nowhere beyond the archive, and follows nothing in it', async () => {
    const folder = inside('empty');
    fs.mkdirSync(folder);
    fs.writeFileSync(
      inside('hostile.tar'),
      tarOf(
        { name: '../../outside', content: 'x' },
        { name: '/etc/absolute', content: 'x' },
        { name: 'link', type: '2', linkName: '/etc' },
        { name: 'link/passwd', content: 'x' },
        { name: 'late', type: '1', linkName: 'not/there' },
        { name: 'twice', content: 'one' },
        { name: 'twice', content: 'two' },
        { name: 'fifo', type: '6' },
      ),
    );
    const { rows } = await run(inside('hostile.tar'), folder);
    assert.deepEqual(
      rows.map(({ path: file, difference }) => `${difference} ${file}`),
      [
        'error ../../outside',
        'leftOnly etc',
        'leftOnly fifo',
        'leftOnly late',
        'leftOnly link',
        'error link/passwd',
        'leftOnly twice',
      ],
    );
    fs.writeFileSync(path.join(folder, 'twice'), 'two');
    fs.writeFileSync(path.join(folder, 'late'), 'x');
    const again = told(await run(inside('hostile.tar'), folder));
    assert.ok(!again.some((line) => line.includes('twice')));
    assert.ok(again.some((line) => /^error late: .*a hard link to not\/there/.test(line)));
  });

  it('says what is wrong with a damaged, encrypted or unknown archive', async function () {
    const folder = inside('whole');
    fs.mkdirSync(folder);
    for (const name of ['a', 'b']) fs.writeFileSync(path.join(folder, name), name.repeat(5_000));
    const tar = fs.readFileSync(pack(folder, inside('whole.tar')));
    const damaged = Buffer.from(tar);
    damaged.fill(0x78, 1_024, 1_100);
    const flipped = Buffer.from(tarOf({ name: 'a', content: 'x' }, { name: 'b', content: 'y' }));
    flipped[1_024] = 1;
    const cases: readonly (readonly [string, Buffer, RegExp])[] = [
      ['cut.tar', tar.subarray(0, 4_000), /cut\.tar on this machine cannot be read: it ends in the middle\.$/],
      ['flipped.tar', flipped, /there is no header at byte 1024\.$/],
      ['cut.tgz', zlib.gzipSync(tar).subarray(0, 60), /cannot be read: /],
      ['log.gz', zlib.gzipSync('a log\n'), /what is in it is no tar archive\.$/],
      ['a.tar.xz', Buffer.from('fd377a585a00', 'hex'), /packed by xz, which is not read here/],
      ['text', Buffer.from('text'), /is neither a folder nor an archive/],
      ['cut.zip', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(99)]), /its directory is missing/],
    ];
    for (const [name, bytes, message] of cases) {
      fs.writeFileSync(inside(name), bytes);
      const outcome = await run(folder, inside(name)).then(
        ({ state, sides }) => `${state}: ${sides[1]?.stopReason}`,
        (error: Error) => error.message,
      );
      assert.match(outcome, message, name);
    }
    if (!hasProgram('zip')) return this.skip();
    pack(folder, inside('secret.zip'), '-P', 'secret');
    assert.deepEqual(told(await run(folder, inside('secret.zip'))), [
      'error a: right: a content is encrypted',
      'error b: right: a content is encrypted',
    ]);
  });

  it('is not taken in by a content that is longer than it says', async function () {
    if (!hasProgram('zip')) return this.skip();
    const folder = inside('bomb');
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, 'zeros'), Buffer.alloc(20_000_000));
    const zip = fs.readFileSync(pack(folder, inside('bomb.zip')));
    const directory = zip.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
    zip.writeUInt32LE(1_000, directory + 24);
    fs.writeFileSync(inside('bomb.zip'), zip);
    fs.truncateSync(path.join(folder, 'zeros'), 1_000);
    const [row] = (await run(folder, inside('bomb.zip'))).rows;
    assert.equal(row?.difference, 'error');
  });

  it('knows long names, large numbers and sparse files', async () => {
    const folder = inside('long');
    const deep = Array.from({ length: 12 }, (_none, at) => `${at}`.repeat(30)).join('/');
    fs.mkdirSync(path.join(folder, deep), { recursive: true });
    fs.writeFileSync(path.join(folder, deep, 'x'.repeat(200)), 'long');
    fs.writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x66, 0xff, 0xe9])]), 'bytes');
    fs.symlinkSync('y'.repeat(300), path.join(folder, 'link'));
    for (const format of ['gnu', 'posix']) {
      assert.deepEqual(told(await run(folder, pack(folder, inside(`long-${format}.tar`), `--format=${format}`))), []);
    }
    const header = tarHeaderOf({ name: 'big', sizeBytes: 0 });
    fs.writeFileSync(inside('base256.tar'), header);
    const [big] = (await run(inside('base256.tar'), folder)).rows.filter(({ path: file }) => file === 'big');
    assert.equal(big?.left?.uid, 3_000_000_000);
    fs.writeFileSync(path.join(folder, 'holes'), '');
    fs.truncateSync(path.join(folder, 'holes'), 10_000_000);
    for (const format of ['gnu', 'posix']) {
      const archive = pack(folder, inside(`holes-${format}.tar`), `--format=${format}`, '--sparse');
      assert.match(told(await run(folder, archive)).join(), /^error holes: right: a file with holes/);
    }
  });
});
