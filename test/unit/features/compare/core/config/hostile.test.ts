import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { configForms } from '../../../../../../src/features/compare/core/config/forms';
import { readConfig } from '../../../../../../src/features/compare/core/config/normalise';
import { NotParsed, printed } from '../../../../../../src/features/compare/core/config/tree';
import { judged } from './support';

const SEED = 20_261_130;

describe('texts that are meant to harm', function () {
  this.timeout(120_000);

  const deep = 100_000;
  const cases: readonly (readonly [(typeof configForms)[number], string])[] = [
    ['json', '['.repeat(deep)],
    ['json', '{"a":'.repeat(deep)],
    ['yaml', '['.repeat(deep)],
    ['yaml', '- '.repeat(deep)],
    ['yaml', Array.from({ length: 400 }, (_none, at) => `${' '.repeat(at)}a:\n`).join('')],
    ['toml', `a = ${'['.repeat(deep)}`],
    ['xml', '<a>'.repeat(deep)],
    ['nginx', 'a {'.repeat(deep)],
  ];
  for (const [form, text] of cases) {
    it(`${form}: ${text.slice(0, 5).trim()} very deep is refused`, () => {
      assert.throws(() => readConfig(text, form), NotParsed);
    });
  }

  it('refuses aliases that stand for billions', () => {
    const levels = Array.from({ length: 12 }, (_none, at) => {
      const of = at === 0 ? 'x' : `*a${at - 1}`;
      return `a${at}: &a${at} [${Array.from({ length: 9 }, () => of).join(', ')}]\n`;
    });
    assert.match(judged('yaml', levels.join(''), 'a: 1\n'), /its aliases stand for too much/);
  });

  it('never follows what a DTD declares', () => {
    const bomb = `<!DOCTYPE a [${Array.from({ length: 20 }, (_none, at) => `<!ENTITY e${at + 1} "&e${at};&e${at};">`).join('')}]><a>&e20;</a>`;
    assert.ok(printed(readConfig(bomb, 'xml'), true).lines.join('\n').length < 2_000);
  });

  it('keeps keys that objects have of themselves', () => {
    for (const form of ['json', 'yaml'] as const) {
      assert.equal(judged(form, '{"__proto__": 1, "constructor": 2}', '{"constructor": 2}'), 'different');
      assert.equal(judged(form, '{"__proto__": 1, "a": 2}', '{"a": 2, "__proto__": 1}'), 'order');
    }
    assert.equal(judged('toml', '__proto__ = 1\na = 2\n', 'a = 2\n'), 'different');
  });

  const long = 1_000_000;
  const lines: readonly string[] = [
    'a'.repeat(long),
    ' '.repeat(long),
    `a ${'"'.repeat(long)}`,
    `a = ${'['.repeat(60)}${' '.repeat(long)}`,
    `<a ${' '.repeat(long)}`,
    `<a ${'x="1" '.repeat(long / 6)}`,
    `${'&'.repeat(long)}`,
    `a: ${'1:'.repeat(long / 2)}`,
    `${'a.'.repeat(long / 2)} = 1`,
    `"${'\\"'.repeat(long / 2)}`,
    `- ${'0'.repeat(long)}`,
    `<a>${'\n'.repeat(long)}x${'\n '.repeat(long / 2)}x</a>`,
    '\n'.repeat(long),
    'k = v\n'.repeat(long / 10),
    '${'.repeat(long / 2),
  ];
  lines.forEach((text, at) => {
    it(`long text ${at} is read or refused by every form in bounded time`, () => {
      for (const form of configForms) {
        const start = performance.now();
        try {
          printed(readConfig(text, form), true);
        } catch (error) {
          assert.ok(error instanceof NotParsed, `${form}: ${String(error)}`);
        }
        // A regular expression that goes back and forth takes hours here, not seconds.
        assert.ok(performance.now() - start < 30_000, `${form} took ${performance.now() - start} ms`);
      }
    });
  });

  it('throws nothing but a reason with a line and a column', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      ':',
      ',',
      '\n',
      ' ',
      '#',
      '=',
      '<',
      '>',
      '/',
      '&',
      ';',
      '-',
      'a',
      '1',
      '*',
      '\\',
      '!',
      '|',
      '@',
      '\t',
      '${',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        for (const form of configForms) {
          try {
            printed(readConfig(pieces.join(''), form), true);
          } catch (error) {
            assert.ok(error instanceof NotParsed && error.line >= 1 && error.column >= 1, `${form}: ${String(error)}`);
          }
        }
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });
});
