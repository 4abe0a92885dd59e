import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CancelledError } from '../../../../../src/lib/errors';
import { createLocalMachine, type LocalMachine } from '../../../../../src/machine/local';
import { isFailure, type FileTexts, type ReadItem, type ReadWhat } from '../../../../../src/machine/machine';
import { openSshMachine, type SshMachine, type SshMachineParts } from '../../../../../src/machine/ssh';
import { asOrdinaryUser, makeFifo, onLinux, temporaryFolder } from '../../support';
import { processTransport, type ProcessTransport } from './processTransport';
import { busyboxFolder, programPath } from './shells';

const signal = new AbortController().signal;
const NOBODY = 65_534;

interface Way {
  readonly name: string;
  readonly needs: string;
  readonly withoutPerl: boolean;
  /** What is found under the name of sh, and the programs before the others. */
  readonly shell: string;
  readonly busybox: boolean;
}

const WAYS: readonly Way[] = [
  { name: 'perl', needs: 'perl', withoutPerl: false, shell: 'dash', busybox: false },
  { name: 'dash', needs: 'dash', withoutPerl: true, shell: 'dash', busybox: false },
  { name: 'bash', needs: 'bash', withoutPerl: true, shell: 'bash', busybox: false },
  { name: 'busybox', needs: 'busybox', withoutPerl: true, shell: 'busybox', busybox: true },
];

const item = (what: ReadWhat, file: string): ReadItem => ({ path: file, what });

function textOf(texts: FileTexts, path: string): string {
  const text = texts.get(path);
  return typeof text === 'string' ? text : assert.fail(`${path}: ${JSON.stringify(text)}`);
}

function codeOf(texts: FileTexts, file: string): string {
  const value = texts.get(file);
  return isFailure(value) ? value.code : `a value: ${value ?? 'none'}`;
}

for (const way of WAYS) {
  describe(`SshMachine.files.readMany by ${way.name}`, function () {
    const inside = temporaryFolder();
    let local: LocalMachine;
    const opened: { readonly machine: SshMachine; readonly transport: ProcessTransport }[] = [];

    async function open(
      more: Partial<SshMachineParts> = {},
      uid?: number,
    ): Promise<{ readonly machine: SshMachine; readonly transport: ProcessTransport }> {
      const transport = processTransport({
        env: { PATH: `${inside('bin')}:/usr/bin:/bin` },
        cwd: '/',
        ...(uid === undefined ? {} : { uid }),
      });
      const parts = { name: 'peer', log: { debug: () => undefined }, withoutPerl: way.withoutPerl, ...more };
      const machine = await openSshMachine({ ...parts, transport: () => Promise.resolve(transport) }, signal);
      opened.push({ machine, transport });
      return { machine, transport };
    }

    let machine: SshMachine;
    before(async function () {
      if (process.platform !== 'linux' || programPath(way.needs) === undefined) this.skip();
      if (way.busybox) busyboxFolder(inside('bin'));
      else {
        fs.mkdirSync(inside('bin'));
        fs.symlinkSync(programPath(way.shell) ?? '', inside('bin', 'sh'));
      }
      fs.writeFileSync(inside('full'), 'grüße\nno end of line');
      local = createLocalMachine();
      ({ machine } = await open());
    });
    after(async () => {
      for (const one of opened) {
        await one.machine.dispose();
        one.transport.close();
      }
      await local?.dispose();
    });

    /** The same on both machines, whatever it is. */
    async function same(
      items: readonly ReadItem[],
      options: Partial<Parameters<SshMachine['files']['readMany']>[1]> = {},
    ): Promise<FileTexts> {
      const texts = await machine.files.readMany(items, { signal, ...options });
      const there = new Map(await local.files.readMany(items, { signal, ...options }));
      assert.deepEqual(sorted(texts), sorted(there));
      return texts;
    }

    it('reads files, also empty ones and such without an end of line, and says why it cannot read others', async () => {
      fs.writeFileSync(inside('empty'), '');
      fs.writeFileSync(inside('newlines'), '\n\n');
      fs.writeFileSync(inside('nul'), 'a\0b\0');
      const files = ['full', 'empty', 'newlines', 'nul', 'none'].map((name) => inside(name));
      const texts = await same([...files, inside('full', 'below'), inside()]);
      assert.equal(texts.get(inside('full')), 'grüße\nno end of line');
      assert.equal(texts.get(inside('empty')), '');
      assert.equal(codeOf(texts, inside('none')), 'missing');
      assert.equal(texts.size, 7);
    });

    it('expands patterns; one that matches nothing adds nothing', async () => {
      for (const name of ['a', 'b', 'c', '.hidden']) {
        fs.mkdirSync(inside('tree', name), { recursive: true });
        fs.writeFileSync(inside('tree', name, 'value'), name);
      }
      fs.rmSync(inside('tree', 'c', 'value'));
      for (const name of ['plain', '7', '42', 'x4', 'with * and [0-9]', "quote's"]) {
        fs.writeFileSync(inside('tree', name), name);
      }
      await same([inside('tree', '*', 'val*'), inside('tree', '*'), inside('none', '*')]);
      await same([inside('tree', '[0-9]*'), inside('tree', 'x[0-9]'), inside('tree', '.*', 'value')]);
      await same([inside('tr*', '*', 'value'), inside('tree', "quote's"), inside('tr*', '[0-9][0-9]')]);
    });

    it('cuts at maxBytes, never within a character, and keeps what is no UTF-8 as asked', async () => {
      fs.writeFileSync(inside('long'), 'äöü');
      fs.writeFileSync(inside('bytes'), Buffer.from([0x61, 0xff, 0xc3, 0x28, 0xe2, 0x82]));
      fs.writeFileSync(inside('mark'), Buffer.from([0xef, 0xbb, 0xbf, 0x61]));
      for (const maxBytes of [6, 5, 4, 1]) await same([inside('long')], { maxBytes });
      await same([inside('bytes'), inside('mark')]);
      await same([inside('bytes'), inside('mark'), inside('long')], { encoding: 'bytes' });
      await same([inside('long')], { encoding: 'bytes', maxBytes: 3 });
    });

    it('neither waits for nor reads pipes, sockets, devices and the kernel log', async () => {
      makeFifo(inside('pipe'));
      fs.symlinkSync(inside('pipe'), inside('link-to-pipe'));
      const server = net.createServer().listen(inside('socket'));
      await new Promise((resolve) => server.once('listening', resolve));
      await same([
        inside('pipe'),
        inside('link-to-pipe'),
        inside('socket'),
        '/dev/zero',
        inside('pi*'),
        '/proc/1/*/none',
      ]);
      server.close();
      assert.ok((await machine.files.readMany(['/proc/kmsg'], { signal })).has('/proc/kmsg'));
    });

    it('gives targets of links, names in folders, and what links lead to', async () => {
      fs.mkdirSync(inside('links', 'empty'), { recursive: true });
      fs.symlinkSync('../some where/else', inside('links', 'dangling'));
      fs.symlinkSync('a -> b', inside('links', 'arrow -> x'));
      fs.symlinkSync(inside('links'), inside('links', 'folder'));
      fs.writeFileSync(inside('links', 'file'), 'text', { mode: 0o640 });
      fs.writeFileSync(inside('links', '.hidden'), '');
      fs.utimesSync(inside('links', 'file'), new Date(0), new Date(1_700_000_000_000));
      const names = ['dangling', 'arrow -> x', 'file', 'none'].map((name) => inside('links', name));
      await same(names.map((name) => item('link', name)));
      await same([
        item('link', inside('links', '*')),
        item('names', inside('links')),
        item('names', inside('links', 'empty')),
      ]);
      await same([
        item('links', inside('links')),
        item('links', inside('links', 'file')),
        item('names', inside('none')),
      ]);
      await same([item('names', inside('lin*', '*')), item('links', inside('lin*'))]);
      const paths = ['file', 'folder', 'dangling', 'none', 'empty'].map((name) => inside('links', name));
      await same([...paths, '/dev/null', inside('pipe'), '/proc/stat'].map((name) => item('stat', name)));
      await same([item('stat', inside('links', '*'))]);
      await same([inside('links', 'file'), item('stat', inside('links', '*')), item('names', inside()), inside()]);
    });

    it('loses nothing of names with line feeds or without UTF-8', async () => {
      const folder = Buffer.from(`${inside('hostile')}/`);
      fs.mkdirSync(folder);
      for (const name of ['a\xff\xfe', 'new\nline', '\xc3\x28', '-n', '$(id)', '*', "'", '\\', ' ']) {
        fs.writeFileSync(Buffer.concat([folder, Buffer.from(name, 'latin1')]), name);
      }
      fs.symlinkSync(Buffer.from([0xff, 0x2f, 0x80]), Buffer.concat([folder, Buffer.from('l\xee', 'latin1')]));
      const place = Buffer.from(inside('hostile')).toString('latin1');
      const bytes = { encoding: 'bytes' } as const;
      const texts = await same([`${place}/*`, item('names', place)], bytes);
      assert.equal(texts.get(`${place}/new\nline`), 'new\nline');
      await same([...texts.keys()], bytes);
      await same(
        [...texts.keys()].map((name) => item('stat', name)),
        bytes,
      );
      // Busybox' ls shows such bytes as question marks.
      if (!way.busybox) await same([item('links', place), item('link', `${place}/*`)], bytes);
    });

    it('says denied for each kind, and for a folder on the way of a pattern', async function () {
      if (process.getuid?.() !== 0) this.skip();
      fs.mkdirSync(inside('closed', 'folder'), { recursive: true, mode: 0o700 });
      fs.chmodSync(inside('closed'), 0o700);
      fs.writeFileSync(inside('secret'), 'secret', { mode: 0o600 });
      const items = [
        inside('secret'),
        inside('closed', 'file'),
        inside('c*ed', '*'),
        inside('closed', '*'),
        item('link', inside('closed', 'link')),
        item('names', inside('closed')),
        item('links', inside('closed', 'folder')),
        item('stat', inside('closed', 'stat')),
        ...(['link', 'names', 'stat'] as const).map((what) =>
          item(what, '/proc/1/' + { link: 'exe', names: 'fd', stat: 'fd/0' }[what]),
        ),
      ];
      const { machine: theirs } = await open({}, NOBODY);
      const texts = await theirs.files.readMany(items, { signal });
      const own = createLocalMachine();
      const expected = await asOrdinaryUser(() => own.files.readMany(items, { signal }));
      await own.dispose();
      assert.deepEqual(sorted(texts), sorted(expected));
      assert.equal(codeOf(texts, inside('closed', '*')), 'denied');
    });

    onLinux('reads the processes of a machine as they are', async () => {
      const own = `/proc/${process.pid}`;
      const parts = ['stat', 'status', 'io', 'cmdline', 'comm', 'environ', 'maps', 'oom_score_adj', 'cgroup'];
      const items = [
        '/proc/uptime',
        ...parts.map((part) => `/proc/[0-9]*/${part}`),
        item('link', '/proc/[0-9]*/exe'),
        item('link', '/proc/[0-9]*/cwd'),
        item('stat', '/proc/[0-9]*/fd'),
        item('links', '/proc/[0-9]*/fd'),
      ];
      const texts = await machine.files.readMany(items, { signal, encoding: 'bytes' });
      const constant = ['cmdline', 'comm', 'environ', 'oom_score_adj', 'cgroup'];
      for (const part of constant) {
        assert.equal(texts.get(`${own}/${part}`), fs.readFileSync(`${own}/${part}`, 'latin1'), part);
      }
      assert.match(textOf(texts, `${own}/maps`), /\[stack\][^]*\n$/);
      assert.equal(texts.get(`${own}/exe`), fs.readlinkSync(`${own}/exe`));
      assert.equal(texts.get(`${own}/cwd`), process.cwd());
      assert.equal(texts.get(`${own}/fd/0`), fs.readlinkSync(`${own}/fd/0`));
      assert.match(textOf(texts, `${own}/fd`), /^\d+(\0\d+)*$|^d /);
      assert.equal(
        [...texts.keys()].some((file) => file.includes('[0-9]')),
        false,
      );
    });

    it('reads 3,000 files in a batch, and what is longer than a pipe', async () => {
      fs.mkdirSync(inside('many'));
      for (let index = 0; index < 3_000; index++) fs.writeFileSync(inside('many', `file${index}`), `content ${index}`);
      fs.writeFileSync(inside('large'), 'line of text\n'.repeat(200_000));
      const texts = await same([inside('many', 'file*'), inside('large')]);
      assert.equal(texts.size, 3_001);
      await same(Array.from({ length: 1_000 }, (_none, index) => inside('many', `file${index}`)));
    });

    it('answers concurrent batches each with its own files, over as many channels as before', async () => {
      const { machine: busy, transport } = await open();
      const files = Array.from({ length: 12 }, (_value, index) => inside(`own${index}`));
      for (const file of files) fs.writeFileSync(file, file);
      for (let round = 0; round < 3; round++) {
        const batches = await Promise.all(files.map((file) => busy.files.readMany([file], { signal })));
        assert.deepEqual(
          batches.map((texts) => [...texts]),
          files.map((file) => [[file, file]]),
        );
      }
      assert.ok(transport.lines.length <= 3, transport.lines.join('\n'));
    });

    it('gives a path that cannot be one as a failure', async () => {
      await same(['/with\0nul', inside('full')]);
    });

    it('rejects a cancelled batch at once and reads the next', async () => {
      const controller = new AbortController();
      const batch = machine.files.readMany([inside('many', 'file*')], { signal: controller.signal });
      const next = machine.files.readMany([inside('full')], { signal });
      await pause(2);
      controller.abort();
      await assert.rejects(batch, CancelledError);
      await assert.rejects(machine.files.readMany([inside('full')], { signal: controller.signal }), CancelledError);
      assert.equal((await next).get(inside('full')), 'grüße\nno end of line');
      await same([inside('full')]);
    });

    it('goes on with another session when its own was ended', async () => {
      const { machine: other, transport } = await open();
      await other.files.readMany([inside('full')], { signal });
      for (const child of transport.children) process.kill(-(child.pid ?? 0), 'SIGKILL');
      const texts = await other.files.readMany([inside('full')], { signal });
      assert.equal(texts.get(inside('full')), 'grüße\nno end of line');
    });

    it('gives up at its deadline what has not come, and reads the next batch', async () => {
      const { machine: hasty } = await open({ batchDeadlineMs: 400 });
      // A file that the kernel lets nobody read on from: a program stopped in the middle stands for a dead mount.
      fs.mkdirSync(inside('slow'), { recursive: true });
      fs.writeFileSync(inside('slow', 'program'), '#!/bin/sh\nsleep 600\n', { mode: 0o755 });
      const texts = await stoppedWhile(hasty, [inside('full'), inside('tree', '*')]);
      assert.equal(codeOf(texts, inside('full')), 'timed-out');
      assert.equal(codeOf(texts, inside('tree', '*')), 'timed-out');
      const next = await hasty.files.readMany([inside('full')], { signal });
      assert.equal(next.get(inside('full')), 'grüße\nno end of line');
    });

    /** Reads while what answers over there is stopped, as by a file system that hangs. */
    async function stoppedWhile(one: SshMachine, items: readonly ReadItem[]): Promise<FileTexts> {
      await one.files.readMany([inside('full')], { signal });
      const { transport } = opened.find(({ machine: other }) => other === one) ?? assert.fail();
      const groups = [...transport.children].map((child) => -(child.pid ?? 0));
      for (const group of groups) process.kill(group, 'SIGSTOP');
      try {
        return await one.files.readMany(items, { signal });
      } finally {
        for (const group of groups) process.kill(group, 'SIGCONT');
      }
    }
  });
}

/** The names within a folder come in no particular order. */
function sorted(texts: FileTexts | ReadonlyMap<string, unknown>): readonly unknown[] {
  return [...texts]
    .map(([file, value]) => [
      path.normalize(file),
      typeof value === 'string' && value.includes('\0') ? value.split('\0').sort() : value,
    ])
    .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
}
