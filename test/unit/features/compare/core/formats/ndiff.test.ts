import * as assert from 'node:assert/strict';
import { isCharacterJunk } from '../../../../../../src/features/compare/core/difflib/characters';
import { ndiff, restore } from '../../../../../../src/features/compare/core/difflib/differ';
import { ndiffText } from '../../../../../../src/features/compare/core/formats/ndiff';
import { compareTexts } from '../../../../../../src/features/compare/core/text/compareTexts';
import { PLAIN_OPTIONS } from '../../../../../../src/features/compare/core/text/options';
import { Random } from '../../random';
import { repetitivePair } from '../text/cases';

describe('the format ndiff', () => {
  it('is what difflib says of whole texts', () => {
    const [left, right] = ['one\ntwo\nthree\n', 'ore\ntree\nemu\n'];
    const side = (text: string): { label: string; bytes: Buffer } => ({ label: '', bytes: Buffer.from(text) });
    const comparison = compareTexts(side(left), side(right), { ...PLAIN_OPTIONS, contextLines: -1 });
    const lines = (text: string): string[] => text.match(/.*\n/g) ?? [];
    const delta = [...ndiff(lines(left), lines(right))];
    assert.equal(ndiffText(comparison), delta.join(''));
    assert.equal(delta.join(''), '- one\n?  ^\n+ ore\n?  ^\n- two\n- three\n?  -\n+ tree\n+ emu\n');
  });

  it('gives both sides back, also where it only looks nearby', () => {
    const random = new Random(23);
    for (let round = 0; round < 300; round++) {
      const { left, right } = repetitivePair(random);
      const [lefts, rights] = [left.split('\n'), right.split('\n')];
      const delta = [...ndiff(lefts, rights, { characterJunk: isCharacterJunk, pairing: 'near' })];
      assert.deepEqual([...restore(delta, 'left')], lefts);
      assert.deepEqual([...restore(delta, 'right')], rights);
    }
  });
});
