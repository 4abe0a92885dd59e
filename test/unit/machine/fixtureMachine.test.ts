import * as assert from 'node:assert/strict';
import { ExpectedError } from '../../../src/lib/errors';
import type { FileTexts, ReadItem } from '../../../src/machine/machine';
import { DENIED, fixtureMachine, memoryMachine, MISSING } from '../../support/fixtureMachine';

const signal = new AbortController().signal;

describe('the fixture machine', () => {
  const machine = memoryMachine(
    {
      '/proc/stat': 'cpu 1',
      '/proc/7/comm': 'grüße\n',
      '/proc/7/cmdline': Buffer.from([0x61, 0xff, 0]),
      '/proc/7/exe': { link: '/bin/prog' },
      '/proc/7/fd/0': { link: '/dev/null', stat: 'c 666 0 0:5 4 1 0 0 0' },
      '/proc/7/fd/3': { link: '/tmp/x (deleted)' },
      '/proc/8/comm': 'other\n',
      '/proc/8/exe': DENIED,
      '/proc/8/fd': DENIED,
      '/proc/9/fd/': '',
      '/bin/prog': 'ELF',
    },
    { exec: ([program]) => (program === 'ss' ? 'sockets' : { exitCode: 2, stderr: 'no' }) },
  );
  const readMany = (...items: readonly ReadItem[]): Promise<FileTexts> => machine.files.readMany(items, { signal });

  it('answers as a local machine does', async () => {
    const texts = await readMany(
      '/proc/[0-9]*/comm',
      { path: '/proc/[0-9]*/exe', what: 'link' },
      { path: '/proc/[0-9]*/fd', what: 'links' },
      { path: '/proc', what: 'names' },
      { path: '/none', what: 'stat' },
      { path: '/bin/prog', what: 'stat' },
      '/proc/7/exe',
    );
    assert.deepEqual(Object.fromEntries(texts), {
      '/proc/7/comm': 'grüße\n',
      '/proc/8/comm': 'other\n',
      '/proc/7/exe': '/bin/prog',
      '/proc/8/exe': DENIED,
      '/proc/7/fd': '0\x003',
      '/proc/7/fd/0': '/dev/null',
      '/proc/7/fd/3': '/tmp/x (deleted)',
      '/proc/8/fd': DENIED,
      '/proc/9/fd': '',
      '/proc': 'stat\x007\x008\x009',
      '/none': MISSING,
      '/bin/prog': 'f 644 3 8:1 1 1 0 0 0',
    });
    assert.deepEqual(machine.lastPatterns.slice(-2), ['/bin/prog', '/proc/7/exe']);
  });

  it('gives bytes, stats and texts behind links', async () => {
    const bytes = await machine.files.readMany(['/proc/7/comm', '/proc/7/cmdline'], { signal, encoding: 'bytes' });
    assert.deepEqual([...bytes.values()], ['gr\xc3\xbc\xc3\x9fe\n', 'a\xff\0']);
    const stats = await readMany({ path: '/proc/7/fd/*', what: 'stat' }, '/proc/7/exe');
    assert.deepEqual(Object.fromEntries(stats), { '/proc/7/fd/0': 'c 666 0 0:5 4 1 0 0 0', '/proc/7/exe': 'ELF' });
  });

  it('runs what the test gives it, and notes what it was asked', async () => {
    const result = await machine.exec(['ss', '-tan'], { signal });
    assert.deepEqual([result.exitCode, String(result.stdout)], [0, 'sockets']);
    assert.equal((await machine.exec(['ip'], { signal })).exitCode, 2);
    await machine.processes.signal(7, 15, signal);
    await machine.processes.setNice(7, 5, signal);
    assert.deepEqual(machine.calls.slice(-4), ['exec ss -tan', 'exec ip', 'signal 7 15', 'setNice 7 5']);
    const refusing = memoryMachine(
      {},
      { ownPid: null, processes: { signal: () => Promise.reject(new ExpectedError('denied', 'no')) } },
    );
    await assert.rejects(refusing.processes.signal(7, 15, signal), ExpectedError);
    assert.equal(refusing.ownPid, null);
  });

  it('puts what a test adds among the files of its folder', async () => {
    const folder = fixtureMachine('laptop-6.8', {
      texts: new Map([['/proc/4711/comm', 'added\n']]),
      links: new Map([['/proc/4711/cwd', '/']]),
    });
    const texts = await folder.files.readMany(
      ['/proc/[0-9]*/comm', { path: '/proc/4711/cwd', what: 'link' }, '/proc/stat'],
      { signal },
    );
    assert.equal(texts.get('/proc/4711/comm'), 'added\n');
    assert.equal(texts.get('/proc/4711/cwd'), '/');
    const stat = texts.get('/proc/stat');
    assert.ok(typeof stat === 'string' && stat.startsWith('cpu '));
  });
});
