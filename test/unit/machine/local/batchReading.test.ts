import * as assert from 'node:assert/strict';
import fs from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import * as fc from 'fast-check';
import { BatchReading } from '../../../../src/machine/local/batchReading';
import { BufferPool } from '../../../../src/machine/local/bufferPool';
import { PartTexts } from '../../../../src/machine/local/partTexts';
import { PartWriter } from '../../../../src/machine/local/partWriter';
import type { FromReadThread, ReadRequest, ShareOffer } from '../../../../src/machine/local/readProtocol';
import { ReadShared } from '../../../../src/machine/local/readShared';
import { deviceText } from '../../../../src/machine/local/statWords';
import { isFailure, type FileTexts, type ReadItem } from '../../../../src/machine/machine';
import { temporaryFolder } from '../support';

const failureOf = (code: string): { kind: 'failure'; code: 'failed'; message: string } => ({
  kind: 'failure',
  code: 'failed',
  message: code,
});

function requestOf(items: readonly ReadItem[], more: Partial<ReadRequest> = {}): ReadRequest {
  return { kind: 'batch', id: 1, items, skip: [], maxBytes: 1_000_000, encoding: 'utf8', ...more };
}

interface Outcome {
  readonly texts: FileTexts;
  readonly unread: readonly string[];
  readonly offers: readonly ShareOffer[];
}

/** Reads in this thread; `onOffer` is called where others would begin to help. */
function read(
  request: ReadRequest,
  shared = new ReadShared(),
  onOffer?: (offer: ShareOffer) => readonly FromReadThread[],
): Outcome {
  const texts = new PartTexts(request, failureOf, () => undefined);
  const unread: string[] = [];
  const offers: ShareOffer[] = [];
  const take = (message: FromReadThread): void => {
    if (message.kind === 'offer') {
      offers.push(message);
      onOffer?.(message).forEach(take);
      return;
    }
    texts.add(structuredClone(message, { transfer: [message.bytes] }));
    unread.push(...(message.unread ?? []));
  };
  new BatchReading(request, shared, take, new BufferPool()).run();
  return { texts, unread, offers };
}

describe('a batch', () => {
  const inside = temporaryFolder();
  before(() => {
    for (let index = 0; index < 400; index++) {
      fs.mkdirSync(inside('many', String(index)), { recursive: true });
      fs.writeFileSync(inside('many', String(index), 'value'), `value ${index}`);
    }
  });

  it('lists a folder once, however many items name it', () => {
    const { readdirSync } = fs;
    const listed: string[] = [];
    fs.readdirSync = ((folder: string, options: 'utf8') => {
      listed.push(folder);
      return readdirSync(folder, options);
    }) as typeof fs.readdirSync;
    try {
      const many = inside('many');
      const items: ReadItem[] = [
        inside('many', '[0-9]*', 'value'),
        { path: inside('many', '[0-9]*'), what: 'stat' },
        inside('many', '[0-9]*', 'none'),
        { path: many, what: 'names' },
        inside('many', '1*', 'value'),
      ];
      const { texts } = read(requestOf(items));
      assert.equal(texts.size, 801);
      assert.deepEqual(listed, [`${many}/`]);
    } finally {
      fs.readdirSync = readdirSync;
    }
  });

  it('reads the files of one match together', () => {
    fs.writeFileSync(inside('many', '7', 'other'), 'other');
    const { texts } = read(requestOf([inside('many', '[0-9]', 'value'), inside('many', '[0-9]', 'other')]));
    const paths = [...texts.keys()];
    const at = paths.indexOf(inside('many', '7', 'value'));
    assert.equal(paths[at + 1], inside('many', '7', 'other'));
  });

  it('shares much work: what helpers take is read by them alone', () => {
    const request = requestOf([inside('many', '[0-9]*', 'value')]);
    const helped: FromReadThread[] = [];
    const { texts, offers } = read(request, new ReadShared(), (offer) => {
      const helper = new BatchReading(request, new ReadShared(), (message) => helped.push(message), new BufferPool());
      helper.help({ kind: 'share', batch: request, offer, helper: 0 });
      return helped;
    });
    assert.equal(offers.length, 1);
    assert.equal(
      helped.reduce((sum, one) => sum + (one.kind === 'part' ? one.values.length / 4 : 0), 0),
      400,
    );
    assert.equal(texts.size, 400);
    for (let index = 0; index < 400; index++) {
      assert.equal(texts.get(inside('many', String(index), 'value')), `value ${index}`);
    }
  });

  it('sends what it has shortly before the end, where that is much', () => {
    const [few, many] = [100, 40_000].map((length) => {
      for (let index = 0; index < 40; index++) {
        fs.mkdirSync(inside(`of-${length}`, String(index)), { recursive: true });
        fs.writeFileSync(inside(`of-${length}`, String(index), 'value'), 'x'.repeat(length / 40));
      }
      const counts: number[] = [];
      const take = (message: FromReadThread): void => {
        if (message.kind === 'part') counts.push(message.values.length / 4);
      };
      const request = requestOf([inside(`of-${length}`, '[0-9]*', 'value')]);
      new BatchReading(request, new ReadShared(), take, new BufferPool()).run();
      return counts;
    });
    assert.deepEqual(few, [40]);
    assert.equal(many?.length, 2);
    assert.equal((many?.[0] ?? 0) + (many?.[1] ?? 0), 40);
  });

  it('keeps little work to itself', () => {
    assert.deepEqual(read(requestOf([inside('many', '1*', 'value')])).offers, []);
  });

  it('names what it did not come to when it is cancelled', () => {
    const shared = new ReadShared();
    const items = [inside('many', '3', 'value'), inside('many', '[0-9]*', 'value'), inside('many', '4', 'value')];
    const { texts, unread } = read(requestOf(items), shared, () => {
      shared.cancel(1);
      return [];
    });
    assert.deepEqual([...texts.keys()], [items[0]]);
    assert.deepEqual(unread, items.slice(1));
  });

  it('leaves out what hangs elsewhere, by its bytes', () => {
    fs.writeFileSync(inside('grüße'), 'text');
    const skip = [Buffer.from(inside('grüße')).toString('latin1')];
    const asText = read(requestOf([inside('grüße')], { skip })).texts.get(inside('grüße'));
    assert.deepEqual(asText, failureOf('skipped'));
    const asBytes = read(requestOf(skip, { skip, encoding: 'bytes' })).texts;
    assert.deepEqual(asBytes.get(skip[0] ?? ''), failureOf('skipped'));
  });

  it('can tell of a failure for each of many files', () => {
    const items = Array.from({ length: 5_000 }, (_none, index) => `/none/${index}`);
    const { texts } = read(requestOf(items));
    assert.equal(texts.size, 5_000);
    const values = [...texts.values()];
    assert.ok(values.every((value) => isFailure(value) && value === values[0]));
  });
});

describe('the parts of an answer', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('text' as const), text: fc.string({ unit: 'binary', maxLength: 50 }) }),
    fc.record({ kind: fc.constant('long' as const), length: fc.integer({ min: 0, max: 400_000 }) }),
    fc.record({ kind: fc.constant('error' as const), errno: fc.constantFrom('EACCES', 'EIO') }),
    fc.record({ kind: fc.constant('dropped' as const), length: fc.integer({ min: 0, max: 200_000 }) }),
  );

  it('hold every value, whatever their lengths', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const request = requestOf(['/f/*/value']);
        const texts = new PartTexts(request, failureOf, () => undefined);
        const writer = new PartWriter((part) => texts.add(part), new BufferPool());
        const expected: [string, unknown][] = [];
        for (const [index, one] of steps.entries()) {
          const base = `/f/${index}`;
          writer.begin();
          if (one.kind === 'text') writer.text(one.text, 'utf8');
          else if (one.kind !== 'error') writer.text('x'.repeat(one.length), 'latin1');
          if (one.kind === 'dropped') writer.drop();
          else if (one.kind === 'error') writer.fail(one.errno, base, 0);
          else writer.commit(base, 0);
          if (one.kind === 'text') expected.push([`${base}/value`, Buffer.from(one.text).toString()]);
          if (one.kind === 'long') expected.push([`${base}/value`, 'x'.repeat(one.length)]);
          if (one.kind === 'error') expected.push([`${base}/value`, failureOf(one.errno)]);
        }
        writer.finish([]);
        assert.deepEqual([...texts], expected);
        assert.deepEqual(
          expected.map(([path]) => texts.get(path)),
          expected.map(([, value]) => value),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('are cut between characters, as a decoder would', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.nat(40), (text, cut) => {
        const bytes = Buffer.from(text).subarray(0, cut);
        const texts = new PartTexts(requestOf(['/f']), failureOf, () => undefined);
        const writer = new PartWriter((part) => texts.add(part), new BufferPool());
        writer.begin();
        writer.text(bytes.toString('latin1'), 'latin1');
        writer.trimCharacter();
        writer.commit('/f', 0);
        writer.finish([]);
        assert.equal(texts.get('/f'), new StringDecoder('utf8').write(bytes));
      }),
    );
  });
});

describe('deviceText', () => {
  it('unpacks device numbers as makedev(3) packs them', () => {
    assert.equal(deviceText(0x801n), '8:1');
    assert.equal(deviceText(0xfd00n), '253:0');
    assert.equal(deviceText(0x1_0300n + 0x5n), '259:5');
    assert.equal(deviceText(0x0010_0001n), '0:257');
    assert.equal(deviceText(0xffff_ffff_ffff_ffffn), '4294967295:4294967295');
  });
});
