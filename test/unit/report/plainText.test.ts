import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { visibleLine, visibleLines } from '../../../src/report/plainText';
import { anyText } from './arbitraryReport';

describe('visibleLine', () => {
  it('shows what a reader cannot see', () => {
    assert.equal(visibleLine('\u202Egnp.exe'), '⟨U+202E⟩gnp.exe');
    assert.equal(visibleLine('\u001b[31mred'), '⟨U+001B⟩[31mred');
    assert.equal(visibleLine('a\u0000b\u009bc\u200bd\ufeff'), 'a⟨U+0000⟩b⟨U+009B⟩c⟨U+200B⟩d⟨U+FEFF⟩');
    assert.equal(visibleLine('tag \u{e0041}'), 'tag ⟨U+E0041⟩');
    assert.equal(visibleLine('lone \ud800.'), 'lone ⟨U+D800⟩.');
  });

  it('leaves what can be read, joined emoji included', () => {
    for (const text of ['plain', '中文', 'é', '👩‍💻', '🏳️‍🌈', 'a b']) assert.equal(visibleLine(text), text);
    assert.equal(visibleLine('a\u200db'), 'a⟨U+200D⟩b');
  });

  it('is one line', () => {
    assert.equal(visibleLine('a\r\nb\nc\rd\te'), 'a ↵ b ↵ c ↵ d e');
    fc.assert(
      fc.property(anyText, (text) => !/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(visibleLine(text))),
    );
  });

  it('is well-formed, whatever came in', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/\p{Cs}/u.test(visibleLine(`${text}\ud800`))));
  });
});

describe('visibleLines', () => {
  it('keeps lines and tabs and nothing else that is obeyed', () => {
    assert.equal(visibleLines('a\r\nb\rc\td\u0007'), 'a\nb\nc\td⟨U+0007⟩');
    fc.assert(fc.property(anyText, (text) => !/[^\P{Cc}\n\t]/u.test(visibleLines(text))));
  });
});
