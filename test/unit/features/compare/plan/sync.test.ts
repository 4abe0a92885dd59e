import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { PlanResult, SyncResult } from '../../../../../src/features/compare/core/plan/schema';
import { backupsTool, emptyBackupsTool, planTool, syncTool } from '../../../../../src/features/compare/syncTools';
import type { BackupsResult } from '../../../../../src/features/compare/core/backup/inputs';
import type { Machine, MachineFiles } from '../../../../../src/machine/machine';
import type { Machines } from '../../../../../src/machine/machines';
import { printMarkdown } from '../../../../../src/report/markdown';
import { reportSchema } from '../../../../../src/report/schema';
import { createRecordings } from '../../../../../src/runtime/recordings';
import { endSessions, type SshServer } from '../../../../support/sshServer';
import { asOrdinaryUser, temporaryFolder } from '../../../machine/support';
import { makeRandomTrees } from '../trees/support';
import { change, changeHouse, run, snapshot, undo, withoutFolderTimes } from './support';

describe('compare.sync', function () {
  this.timeout(60_000);
  const inside = temporaryFolder();
  const house = changeHouse(inside);
  let folder = '';
  const left = (...names: readonly string[]): string => inside(folder, 'left', ...names);
  const right = (...names: readonly string[]): string => inside(folder, 'right', ...names);

  beforeEach(() => {
    folder = fs.mkdtempSync(inside('case-')).slice(inside().length + 1);
    fs.mkdirSync(left());
    fs.mkdirSync(right());
  });

  const write = (file: string, content: string, seconds = 1_600_000_000): void => {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
    fs.utimesSync(file, seconds, seconds);
  };
  const sync = (more: Readonly<Record<string, unknown>>, between?: () => void): Promise<SyncResult> =>
    change(syncTool, { left: left(), right: right(), ...more }, house.context, between);
  const plan = (more: Readonly<Record<string, unknown>>): Promise<PlanResult> =>
    run(planTool, { left: left(), right: right(), ...more }, house.context);

  for (const seed of [1, 2, 3, 4]) {
    for (const direction of ['mirror-right', 'mirror-left'] as const) {
      it(`makes one side like the other, here and over SSH, and takes all of it back (${direction}, seed ${seed})`, async () => {
        for (const [one, other] of placesOf(house.server)) {
          fs.rmSync(left(), { recursive: true, force: true });
          fs.rmSync(right(), { recursive: true, force: true });
          makeRandomTrees(inside(folder), seed);
          fs.chmodSync(left(), 0o755);
          const isRemote = one !== '' || other !== '';
          const before = [snapshot(left()), snapshot(right())];
          const done = await sync({ left: one + left(), right: other + right(), direction });
          assert.deepEqual([done.state, done.failed, done.total], ['done', [], done.done]);
          // Over SFTP times are in whole seconds.
          const precision = isRemote ? 1_000 : 1;
          const [now, then] = [snapshot(left(), { precision }), snapshot(right(), { precision })];
          assert.deepEqual(withoutFolderTimes(now), withoutFolderTimes(then));
          const again = await plan({ left: one + left(), right: other + right(), direction });
          assert.deepEqual(again.steps, []);
          const undone = await undo(done, house.context);
          assert.deepEqual([undone.state, undone.failed], ['done', []]);
          const floor = isRemote ? 1_000 : 0.01;
          const after = [snapshot(left(), { precision: floor }), snapshot(right(), { precision: floor })];
          assert.deepEqual(after, isRemote ? coarse(before) : before);
          const { backups } = await run<BackupsResult>(backupsTool, {}, house.context);
          assert.deepEqual(backups, []);
        }
      });
    }
  }

  it('replaces a file at once, so that who reads it meanwhile finds the old one or the new one', async () => {
    for (const [one, other] of placesOf(house.server)) {
      write(left('site.conf'), 'new', 2_000);
      write(right('site.conf'), 'old', 1_000);
      const found: string[] = [];
      const look = (): void => void found.push(fs.readFileSync(right('site.conf'), 'utf8'));
      const machines = watchedMachines(house.machines, look);
      const context = { ...house.context, machines };
      const input = { left: one + left(), right: other + right(), direction: 'mirror-right' };
      const done = await change<SyncResult>(syncTool, input, context);
      assert.deepEqual(done.failed, []);
      look();
      assert.deepEqual([...new Set(found)], ['old', 'new']);
      assert.ok(found.length > 5, 'it was looked at between the steps');
      await undo(done, house.context);
      assert.equal(fs.readFileSync(right('site.conf'), 'utf8'), 'old');
    }
  });

  it('says what it would do and why, and does nothing', async () => {
    write(left('new/file'), '123');
    write(left('both'), 'left');
    write(right('both'), 'right!');
    write(right('old'), 'gone');
    const before = [snapshot(left()), snapshot(right())];
    const result = await plan({ direction: 'mirror-right' });
    assert.deepEqual(result.steps.map(({ action, to, path: file, why }) => `${action} ${to} ${file}: ${why}`).sort(), [
      'copy right both: differs',
      'copy right new/file: missing',
      'delete right old: extra',
      'folder right new: missing',
    ]);
    assert.deepEqual(result.counts, { folders: 1, files: 2, links: 0, changes: 0, deletes: 1, bytes: 7 });
    assert.equal(result.backupBytes, 10);
    const report = reportSchema.parse(planTool.report(result));
    assert.equal(report.verdict, 'Planned: 2 to copy (7 B), folders: 1 to make, 1 to delete.');
    assert.deepEqual([snapshot(left()), snapshot(right())], before);
  });

  it('updates what is older and deletes nothing; both ways it names conflicts', async () => {
    write(left('newer'), 'L', 2_000);
    write(right('newer'), 'r', 1_000);
    write(left('older'), 'l', 1_000);
    write(right('older'), 'R', 2_000);
    write(left('same'), 'l', 1_000);
    write(right('same'), 'r', 1_000);
    write(left('left'), 'l');
    write(right('right'), 'r');
    write(left('kind/x'), 'l');
    write(right('kind'), 'r');
    const short = ({ steps, left: out }: PlanResult): string[] => [
      ...steps.map(({ action, to, path: file }) => `${action} ${to} ${file}`).sort(),
      ...out.map(({ kind, path: file, why }) => `${kind} ${file}: ${why}`).sort(),
    ];
    assert.deepEqual(short(await plan({ direction: 'update-right' })), [
      'copy right left',
      'copy right newer',
      'conflict kind: kind',
      'skipped older: not-older',
      'skipped right: extra',
      'skipped same: not-older',
    ]);
    assert.deepEqual(short(await plan({ direction: 'add-left' })), [
      'copy left right',
      'skipped kind: there',
      'skipped left: extra',
      'skipped newer: there',
      'skipped older: there',
      'skipped same: there',
    ]);
    assert.deepEqual(short(await plan({ direction: 'both' })), [
      'copy left older',
      'copy left right',
      'copy right left',
      'copy right newer',
      'conflict kind: kind',
      'conflict same: same-time',
    ]);
    const taken = await plan({ direction: 'both', takeLeft: 'same', takeRight: '["kind"]', skip: 'left, right' });
    assert.deepEqual(short(taken), [
      'copy left kind',
      'copy left older',
      'copy right newer',
      'copy right same',
      'delete left kind',
      'delete left kind/x',
      'skipped left: chosen',
      'skipped right: chosen',
    ]);
    const before = [snapshot(left()), snapshot(right())];
    const done = await sync({ direction: 'both' });
    assert.equal(syncTool.report(done).status, 'warning');
    assert.equal(fs.readFileSync(right('newer'), 'utf8'), 'L');
    assert.equal(fs.readFileSync(left('older'), 'utf8'), 'R');
    await undo(done, house.context);
    assert.deepEqual([snapshot(left()), snapshot(right())], before);
  });

  it('takes single paths and looks at nothing else', async () => {
    write(left('a/one, two'), 'l');
    write(right('a/one, two'), 'r');
    write(left('a/other'), 'l');
    write(right('a/other'), 'r');
    write(left('folder/x'), 'l');
    write(right('folder/y'), 'r');
    const taken = await sync({ direction: 'none', takeLeft: JSON.stringify(['a/one, two', 'folder']) });
    assert.deepEqual(taken.done, { folders: 0, files: 2, links: 0, changes: 0, deletes: 1, bytes: 2 });
    assert.equal(fs.readFileSync(right('a/one, two'), 'utf8'), 'l');
    assert.equal(fs.readFileSync(right('a/other'), 'utf8'), 'r');
    assert.deepEqual(fs.readdirSync(right('folder')), ['x']);
    await assert.rejects(sync({ direction: 'none', takeLeft: '../left/a' }), /nothing to do/);
  });

  it('leaves alone what has changed since it was shown, and says so in its row', async () => {
    write(left('copied'), 'new');
    write(right('copied'), 'old');
    write(left('changed'), 'new');
    write(right('deleted'), 'old');
    write(left('fine'), 'fine');
    write(left('vanished'), 'new');
    const done = await sync({ direction: 'mirror-right' }, () => {
      fs.rmSync(left('vanished'));
      write(right('copied'), 'mine', 1_700_000_000);
      write(left('changed'), 'newer', 1_700_000_000);
      write(right('deleted'), 'mine', 1_700_000_000);
      write(right('come'), 'mine');
    });
    assert.deepEqual(done.failed.map(({ path: file }) => file).sort(), ['changed', 'copied', 'deleted', 'vanished']);
    const reasons = new Map(done.failed.map(({ path: file, reason }) => [file, reason]));
    assert.match(reasons.get('changed') ?? '', /has changed since it was compared/);
    assert.match(reasons.get('vanished') ?? '', /has gone since it was compared/);
    assert.equal(syncTool.report(done).status, 'error');
    assert.deepEqual(fs.readdirSync(right()).sort(), ['come', 'copied', 'deleted', 'fine']);
    assert.equal(fs.readFileSync(right('copied'), 'utf8'), 'mine');
    // Undo takes back only what was done, and not what was changed afterwards.
    write(right('fine'), 'changed', 1_700_000_000);
    const undone = await undo(done, house.context);
    assert.deepEqual(
      undone.failed.map(({ path: file }) => file),
      ['fine'],
    );
    assert.equal(fs.readFileSync(right('fine'), 'utf8'), 'changed');
  });

  it('does not go through a link that has taken the place of a folder', async () => {
    write(left('folder/file'), 'new');
    fs.mkdirSync(right('folder'));
    fs.mkdirSync(inside(folder, 'outside'));
    const done = await sync({ direction: 'mirror-right' }, () => {
      fs.rmdirSync(right('folder'));
      fs.symlinkSync(inside(folder, 'outside'), right('folder'));
    });
    assert.deepEqual(
      done.failed.map(({ path: file }) => file),
      ['folder/file'],
    );
    assert.deepEqual(fs.readdirSync(inside(folder, 'outside')), []);
  });

  it('keeps what was done when it is cancelled in the middle, and can take it back', async () => {
    for (let at = 0; at < 400; at++) write(left(`file${at}`), `${at}`);
    for (let at = 0; at < 200; at++) write(right(`file${at}`), 'old');
    const before = snapshot(right());
    const stop = new AbortController();
    const planned = await syncTool.plan(
      syncTool.input.parse({ left: left(), right: right(), direction: 'mirror-right' }),
      house.context,
    );
    let last: SyncResult | undefined;
    const cut = setInterval(() => {
      if (fs.readdirSync(right()).length > 300) stop.abort();
    }, 1);
    try {
      for await (const result of syncTool.run(planned.input, { ...house.context, signal: stop.signal, live: true })) {
        last = result;
      }
    } finally {
      clearInterval(cut);
    }
    assert.equal(last?.state, 'cancelled');
    assert.ok(last.done.files > 0 && last.done.files < 400, String(last.done.files));
    const leftovers = fs.readdirSync(right()).filter((name) => name.startsWith('.'));
    assert.deepEqual(leftovers, []);
    const undone = await undo(last, house.context);
    assert.deepEqual([undone.state, undone.failed], ['done', []]);
    assert.deepEqual(snapshot(right()), before);
  });

  it('empties earlier backups that are too old or too much, and tells what is kept', async () => {
    const make = (more: Readonly<Record<string, unknown>>, content: string): Promise<SyncResult> => {
      write(left('file'), content);
      return sync({ direction: 'mirror-right', ...more });
    };
    const ids = async (): Promise<readonly string[]> =>
      (await run<BackupsResult>(backupsTool, {}, house.context)).backups.map(({ id }) => id);
    const age = ({ backup }: SyncResult, days: number): void => {
      const record = inside('home/.local/share/opsdeck/backups', backup?.id ?? '', 'record.jsonl');
      const text = fs.readFileSync(record, 'utf8');
      const then = Date.now() - days * 86_400_000;
      fs.writeFileSync(record, text.replace(/"takenAtMs":\d+/, `"takenAtMs":${then}`));
    };
    write(right('file'), 'as it was');
    const before = await ids();
    const first = await make({}, 'one');
    age(first, 31);
    const second = await make({}, 'two, a bit longer');
    assert.equal(fs.existsSync(inside('home/.local/share/opsdeck/backups', first.backup?.id ?? '')), false);
    assert.deepEqual([second.kept?.emptied, second.kept?.emptiedBytes], [1, 9]);
    const told = printMarkdown(reportSchema.parse(syncTool.report(second)), { locale: 'en', timeZone: 'UTC' });
    assert.match(told, /emptied by age or size: 1 \(9 B\)/);
    age(second, 31);
    const third = await make({ keepDays: 0 }, 'three');
    assert.deepEqual([third.kept?.emptied, third.kept?.backups], [0, before.length + 2]);
    // Its own is larger than that by itself: it stays, whatever the bounds are.
    const fourth = await make({ keepDays: 0, keepGibibytes: 2 ** -30 }, 'four');
    assert.deepEqual([(await ids()).includes(third.backup?.id ?? ''), fourth.kept?.bytes], [false, 5]);
    age(fourth, 31);
    const undone = await undo(fourth, house.context);
    assert.deepEqual([undone.failed, fs.readFileSync(right('file'), 'utf8')], [[], 'three']);
  });

  it('leaves alone what is kept on machines that have no part in it', async function () {
    const { server } = house;
    if (server === undefined) return this.skip();
    write(left('file'), 'new');
    write(right('file'), 'old');
    const far = await sync({ right: `${server.alias}:${right()}`, direction: 'mirror-right' });
    write(left('file'), 'newer');
    const near = await sync({ direction: 'mirror-right', keepGibibytes: 2 ** -30 });
    assert.deepEqual((await undo(near, house.context)).failed, []);
    assert.deepEqual((await undo(far, house.context)).failed, []);
  });

  it('lists its backups with what they cost, and empties them', async () => {
    write(left('file'), 'new');
    write(right('file'), 'older');
    write(right('sub/gone'), '1234567');
    const done = await sync({ direction: 'mirror-right' });
    const { backups } = await run<BackupsResult>(backupsTool, {}, house.context);
    const mine = backups.find(({ id }) => id === done.backup?.id);
    assert.deepEqual([mine?.files, mine?.bytes], [2, 12]);
    assert.equal(fs.readFileSync(path.join(mine?.folders[0]?.path ?? '', '../right/sub/gone'), 'utf8'), '1234567');
    reportSchema.parse(backupsTool.report({ task: 'list', backups }));
    await assert.rejects(change(emptyBackupsTool, { olderThanDays: 1 }, house.context), /no such backups/);
    await change(emptyBackupsTool, { backup: mine?.id }, house.context);
    await assert.rejects(undo(done, house.context), /no backup/);
    for (const { id } of (await run<BackupsResult>(backupsTool, {}, house.context)).backups) {
      await change(emptyBackupsTool, { backup: id }, house.context);
    }
    assert.deepEqual(fs.readdirSync(inside('home/.local/share/opsdeck/backups')), []);
  });

  it('loses nothing when the connection is cut in the middle, and takes all of it back', async function () {
    const { server: peer } = house;
    if (peer === undefined) return this.skip();
    for (let at = 0; at < 600; at++) write(left(`file${at}`), `${at}`.padEnd(2_000));
    for (let at = 0; at < 300; at++) write(right(`file${at}`), 'old');
    write(right('gone'), 'old');
    const before = snapshot(right(), { precision: 1_000 });
    let cuts = 0;
    const cut = setInterval(() => {
      if (fs.readdirSync(right()).length > 400 + 60 * cuts && cuts < 2 && endSessions(peer)) cuts += 1;
    }, 1);
    const done = await sync({ right: `${peer.alias}:${right()}`, direction: 'mirror-right' }).finally(() =>
      clearInterval(cut),
    );
    assert.ok(cuts > 0);
    // Each is the old one or the new one, whole; nothing is missing.
    for (let at = 0; at < 300; at++) {
      const content = fs.readFileSync(right(`file${at}`), 'utf8');
      assert.ok(content === 'old' || content === `${at}`.padEnd(2_000), content);
    }
    const undone = await undo(done, house.context);
    assert.deepEqual([undone.state, undone.failed], ['done', []]);
    assert.deepEqual(snapshot(right(), { precision: 1_000 }), before);
  });

  it('changes nothing on a host that is marked as read-only, but copies from it', async function () {
    if (house.server === undefined) return this.skip();
    write(left('file'), 'here');
    write(right('other'), 'there');
    const guarded = `guarded:${right()}`;
    await assert.rejects(sync({ right: guarded, direction: 'mirror-right' }), { code: 'read-only' });
    await assert.rejects(sync({ right: guarded, direction: 'both' }), { code: 'read-only' });
    assert.deepEqual(fs.readdirSync(right()), ['other']);
    const done = await sync({ right: guarded, direction: 'add-left' });
    assert.deepEqual([done.state, fs.readFileSync(left('other'), 'utf8')], ['done', 'there']);
  });

  it('tells each failure in its row and does the rest', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    for (const name of ['closed/a', 'open/b']) {
      write(left(name), 'new');
      write(right(name), 'old');
    }
    fs.chmodSync(inside(folder), 0o755);
    fs.chownSync(right('open'), 65_534, 65_534);
    const own = inside(folder, 'own');
    fs.mkdirSync(own);
    fs.chownSync(own, 65_534, 65_534);
    process.env['HOME'] = own;
    const input = { left: left(), right: right(), direction: 'mirror-right' };
    const theirs = { ...house.context, recordings: createRecordings(own) };
    const done = await asOrdinaryUser(() => change(syncTool, input, theirs));
    process.env['HOME'] = inside('home');
    assert.deepEqual(
      done.failed.map(({ path: file }) => file),
      ['closed/a'],
    );
    assert.deepEqual(
      [fs.readFileSync(right('open/b'), 'utf8'), fs.readFileSync(right('closed/a'), 'utf8')],
      ['new', 'old'],
    );
    assert.equal(syncTool.report(done).status, 'error');
  });

  it('refuses folders within each other, and files', async () => {
    write(left('file'), 'x');
    await assert.rejects(sync({ right: left(), direction: 'mirror-right' }), /the same folder/);
    await assert.rejects(sync({ right: left('sub'), direction: 'mirror-right' }), /does not exist/);
    await assert.rejects(sync({ right: left('file'), direction: 'mirror-right' }), /neither a folder nor/);
    await assert.rejects(sync({ left: right(), direction: 'both' }), /the same folder/);
  });
});

/** Machines before and after each of whose steps on a path `look` is called. */
function watchedMachines(machines: Machines, look: () => void): Machines {
  const watched = (files: MachineFiles): MachineFiles =>
    new Proxy(files, {
      get(target, name: keyof MachineFiles) {
        if (!['hardLink', 'rename', 'remove', 'change', 'stat', 'writeStream', 'makeFolder'].includes(name)) {
          return target[name].bind(target);
        }
        const verb = target[name] as (...all: readonly unknown[]) => Promise<unknown>;
        return async (...all: readonly unknown[]) => {
          look();
          return verb.apply(target, [...all]).finally(look);
        };
      },
    });
  return {
    inventory: (signal) => machines.inventory(signal),
    check: (...all) => machines.check(...all),
    tunnel: (...all) => machines.tunnel(...all),
    open: async (name, signal) => {
      const machine = await machines.open(name, signal);
      return new Proxy(machine, {
        get: (target, key: keyof Machine) => (key === 'files' ? watched(target.files) : target[key]),
      });
    },
  };
}

function placesOf(server: SshServer | undefined): readonly (readonly [left: string, right: string])[] {
  if (server === undefined) return [['', '']];
  const host = `${server.alias}:`;
  return [
    ['', ''],
    ['', host],
    [host, ''],
    [host, host],
  ];
}

function coarse(some: readonly Readonly<Record<string, string>>[]): readonly Readonly<Record<string, string>>[] {
  return some.map((one) =>
    Object.fromEntries(
      Object.entries(one).map(([name, text]) => [
        name,
        text.replace(/^(folder|file) (\d+) (\d+)/, (_all, kind: string, mode: string, time: string) => {
          return `${kind} ${mode} ${Math.floor(Number(time) / 100_000)}`;
        }),
      ]),
    ),
  );
}
