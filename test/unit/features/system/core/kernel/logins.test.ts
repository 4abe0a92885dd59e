import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseSessionIds, parseSessions, utcTime } from '../../../../../../src/features/system/core/kernel/loginctl';
import { layoutOf, loginsOf, parseUtmpRecords } from '../../../../../../src/features/system/core/kernel/utmp';
import { pastSessions } from '../../../../../../src/features/system/core/kernel/wtmp';
import { utmpBytes, type Bits, type MadeRecord } from '../hostSupport';

const ALICE: MadeRecord = { type: 7, pid: 811, line: 'pts/0', user: 'alice', host: '10.0.0.9', seconds: 1_795_000_000 };

describe('records of utmp', () => {
  for (const layout of [384, 400, 'big-endian'] as readonly Bits[]) {
    it(`are read in the layout ${layout}`, () => {
      const bytes = utmpBytes([{ type: 2, line: '~', user: 'reboot', seconds: 1_794_000_000 }, ALICE], layout);
      assert.deepEqual(loginsOf(parseUtmpRecords(bytes)), [
        { user: 'alice', terminal: 'pts/0', host: '10.0.0.9', sinceMs: 1_795_000_000_000, pid: 811 },
      ]);
      assert.deepEqual(
        parseUtmpRecords(bytes).map(({ kind }) => kind),
        ['boot', 'login'],
      );
    });

    it(`are told from others where the length fits several: ${layout}`, () => {
      // 25 records of 384 bytes are as long as 24 of 400.
      const count = layout === 400 ? 24 : 25;
      const bytes = utmpBytes(
        Array.from({ length: count }, (_, index) => ({ ...ALICE, pid: index + 1 })),
        layout,
      );
      assert.equal(bytes.length, 9_600);
      assert.equal(loginsOf(parseUtmpRecords(bytes)).length, count);
      assert.equal(loginsOf(parseUtmpRecords(bytes)).at(-1)?.pid, count);
    });
  }

  it('that are cut short are left out', () => {
    const bytes = utmpBytes([ALICE, { ...ALICE, line: 'pts/1' }]);
    assert.equal(loginsOf(parseUtmpRecords(bytes.subarray(0, 500))).length, 1);
  });

  it('keep control characters from the terminal', () => {
    assert.equal(loginsOf(parseUtmpRecords(utmpBytes([{ ...ALICE, host: 'a\u001B[2J' }])))[0]?.host, 'a?[2J');
  });

  it('of any bytes are read without a failure', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        const { recordBytes } = layoutOf(bytes);
        assert.ok(parseUtmpRecords(bytes).length <= bytes.length / recordBytes);
        pastSessions(parseUtmpRecords(bytes));
      }),
    );
  });
});

describe('sessions of wtmp', () => {
  const sessions = (records: readonly MadeRecord[]): ReturnType<typeof pastSessions> =>
    pastSessions(parseUtmpRecords(utmpBytes(records)));
  const boot = (seconds: number): MadeRecord => ({ type: 2, line: '~', user: 'reboot', host: '6.1.0', seconds });
  const shutdown = (seconds: number): MadeRecord => ({ type: 1, line: '~', user: 'shutdown', seconds });
  const login = (line: string, seconds: number): MadeRecord => ({ ...ALICE, line, seconds });
  const logout = (line: string, seconds: number): MadeRecord => ({ type: 8, line, seconds });

  it('end with a logout, the next login there, a shutdown or a crash', () => {
    const found = sessions([
      boot(1_000),
      login('pts/0', 1_100),
      logout('pts/0', 1_200),
      login('pts/1', 1_250),
      login('pts/1', 1_300),
      login('tty1', 1_310),
      shutdown(1_400),
      boot(1_500),
      login('pts/0', 1_600),
      boot(1_700),
      login('pts/2', 1_800),
    ]);
    assert.deepEqual(
      found.map(({ kind, terminal, fromMs, toMs, end }) => [kind, terminal, fromMs / 1000, toMs && toMs / 1000, end]),
      [
        ['login', 'pts/2', 1_800, null, 'open'],
        ['boot', null, 1_700, null, 'open'],
        ['login', 'pts/0', 1_600, 1_700, 'crash'],
        ['boot', null, 1_500, 1_700, 'crash'],
        ['shutdown', null, 1_400, null, 'none'],
        ['login', 'tty1', 1_310, 1_400, 'shutdown'],
        ['login', 'pts/1', 1_300, 1_400, 'shutdown'],
        ['login', 'pts/1', 1_250, 1_300, 'logout'],
        ['login', 'pts/0', 1_100, 1_200, 'logout'],
        ['boot', null, 1_000, 1_400, 'shutdown'],
      ],
    );
  });

  it('have the version of the kernel with a boot', () => {
    assert.equal(sessions([boot(1_000)])[0]?.host, '6.1.0');
  });
});

describe('sessions of systemd-logind', () => {
  it('are listed as JSON by new versions and as a table by old ones', () => {
    const json = '[{"session":"3","uid":1000,"user":"alice","seat":"","tty":"pts/0"},{"session":"c1","uid":42}]';
    assert.deepEqual(parseSessionIds(json), ['3', 'c1']);
    const table =
      '         3       1000 alice            seat0            tty2\n        c1         42 gdm              seat0\n';
    assert.deepEqual(parseSessionIds(table), ['3', 'c1']);
    const legend = `SESSION  UID USER  SEAT TTY  \n      3 1000 alice       pts/0\n\n1 sessions listed.\n`;
    assert.deepEqual(parseSessionIds(legend), ['3']);
    assert.deepEqual(parseSessionIds('[{"session":"--help"}]'), []);
  });

  it('have their properties in blocks', () => {
    const [first, second, ...more] = parseSessions(
      `Id=3\nName=alice\nTimestamp=Mon 2026-11-23 10:00:05 UTC\nTTY=pts/0\nRemoteHost=10.0.0.9\nLeader=811\nType=tty\nClass=user\nIdleHint=yes\nIdleSinceHint=1795428000000000\n\nId=c1\nName=gdm\nTimestamp=n/a\nTTY=\nDisplay=:0\nLeader=0\nClass=greeter\nIdleHint=no\nIdleSinceHint=1795428000000000\n`,
    );
    assert.deepEqual(first, {
      id: '3',
      user: 'alice',
      terminal: 'pts/0',
      host: '10.0.0.9',
      sinceMs: Date.UTC(2026, 10, 23, 10, 0, 5),
      leaderPid: 811,
      type: 'tty',
      sessionClass: 'user',
      idleSinceMs: 1_795_428_000_000,
      idle: true,
    });
    assert.deepEqual(
      [second?.terminal, second?.leaderPid, second?.sinceMs, second?.idleSinceMs],
      [':0', null, null, null],
    );
    assert.deepEqual(more, []);
  });

  it('have times that only UTC makes readable', () => {
    assert.equal(utcTime('Mon 2026-11-23 10:00:05 UTC'), Date.UTC(2026, 10, 23, 10, 0, 5));
    assert.equal(utcTime('Mon 2026-11-23 10:00:05 CET'), null);
    assert.equal(utcTime('n/a'), null);
    assert.equal(utcTime('2026-99-99 10:00:05 UTC'), null);
  });

  it('of any text are read without a failure', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseSessions(text);
        for (const id of parseSessionIds(text)) assert.match(id, /^[A-Za-z0-9]+$/);
        for (const id of parseSessionIds(`[${text}]`)) assert.match(id, /^[A-Za-z0-9]+$/);
      }),
    );
  });
});
