import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { timelineBars } from '../../../../src/report/drawing/timeline';
import type { Phase, TimelineBlock } from '../../../../src/report/model';
import { anyNumber, anyText } from '../arbitraryReport';

const english = { locale: 'en' };

function block(...phases: readonly Phase[]): TimelineBlock {
  return { kind: 'timeline', unit: 'milliseconds', phases };
}

describe('timelineBars', () => {
  it('puts phases where they are, below one another', () => {
    const drawing = timelineBars(
      block({ label: 'a', start: 0, duration: 50 }, { label: 'b', start: 50, duration: 50 }),
      800,
      english,
    );
    const [a, b] = drawing.bars;
    assert.ok(a && b);
    assert.equal(a.x, drawing.plot.left);
    assert.ok(Math.abs(a.width - b.width) <= 0.2);
    assert.ok(Math.abs(a.x + a.width - b.x) <= 0.2);
    assert.ok(b.y >= a.y + a.height);
    assert.equal(a.text, '50 ms');
  });

  it('shows even a phase of no length, and cuts labels that are too long', () => {
    const [bar] = timelineBars(block({ label: 'x'.repeat(100), start: 5, duration: 0 }), 800, english).bars;
    assert.ok((bar?.width ?? 0) >= 2);
    assert.ok((bar?.label.length ?? 99) <= 28);
  });

  it('puts the text before a bar that ends at the edge, and on one that fills all', () => {
    const places = (phase: Phase): string | undefined =>
      timelineBars(block({ label: 'a', start: 0, duration: 1000 }, phase), 500, english).bars[1]?.textPlace;
    assert.equal(places({ label: 'b', start: 0, duration: 10 }), 'behind');
    assert.equal(places({ label: 'b', start: 900, duration: 100 }), 'before');
    assert.equal(places({ label: 'b', start: 0, duration: 1000 }), 'on');
  });

  it('is finite and inside for any phases, none included', () => {
    const phase = fc.record({ label: anyText, start: anyNumber, duration: anyNumber });
    fc.assert(
      fc.property(fc.array(phase, { maxLength: 6 }), (phases) => {
        const drawing = timelineBars(block(...phases), 600, english);
        assert.equal(drawing.bars.length, phases.length);
        for (const { x, y, width, textX } of drawing.bars) {
          assert.ok(x >= drawing.plot.left && x + width <= drawing.plot.right + 0.2, JSON.stringify({ x, width }));
          assert.ok(y >= 0 && y < drawing.height && Number.isFinite(textX));
        }
        for (const { x } of drawing.ticks) assert.ok(x >= drawing.plot.left - 0.1 && x <= drawing.plot.right + 0.1);
      }),
    );
  });
});
