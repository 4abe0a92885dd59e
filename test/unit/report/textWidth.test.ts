import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { cutToWidth, textWidth } from '../../../src/report/textWidth';

describe('textWidth', () => {
  it('counts the columns of a fixed-pitch font', () => {
    assert.equal(textWidth('abc'), 3);
    assert.equal(textWidth(''), 0);
    assert.equal(textWidth('中文ab'), 6);
    assert.equal(textWidth('ｗｉｄｅ'), 8);
    assert.equal(textWidth('e\u0301'), 1);
    assert.equal(textWidth('한글 かな'), 9);
    assert.equal(textWidth('😀'), 2);
  });
});

describe('cutToWidth', () => {
  it('keeps what fits and marks what is missing', () => {
    assert.equal(cutToWidth('abcdef', 6), 'abcdef');
    assert.equal(cutToWidth('abcdefg', 6), 'abcde…');
    assert.equal(cutToWidth('中文字符', 6), '中文…');
  });

  it('never takes more room than it was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.integer({ min: 1, max: 30 }), (text, columns) => {
        assert.ok(textWidth(cutToWidth(text, columns)) <= columns);
      }),
    );
  });
});
