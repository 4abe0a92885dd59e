import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { placeLabels } from '../../../../src/report/drawing/labels';
import { projectMap, type MapDrawing } from '../../../../src/report/drawing/map';
import type { MapBlock, Place } from '../../../../src/report/model';
import { textWidth } from '../../../../src/report/textWidth';

function place(id: string, latitude: number, longitude: number): Place {
  return { id, label: id, latitude, longitude };
}

function map(places: readonly Place[], lines: MapBlock['lines'] = []): MapDrawing {
  return projectMap({ kind: 'map', places, lines }, 800);
}

function assertInside({ places, width, height, landPath, lines }: MapDrawing): void {
  for (const { x, y } of places) assert.ok(x >= 0 && x <= width && y >= 0 && y <= height, `${x} ${y}`);
  assert.doesNotMatch(landPath + lines.map(({ path }) => path).join(), /NaN|Infinity/);
}

const berlin = place('Berlin', 52.52, 13.4);
const madrid = place('Madrid', 40.42, -3.7);
const tokyo = place('Tokyo', 35.68, 139.69);
const honolulu = place('Honolulu', 21.31, -157.86);
const auckland = place('Auckland', -36.85, 174.76);

describe('projectMap', () => {
  it('shows the whole world for none, for one and for places that are spread', () => {
    const world = map([]);
    for (const places of [[berlin], [berlin, berlin], [berlin, tokyo, honolulu, place('Quito', -0.2, -78.5)]]) {
      const drawing = map(places);
      assert.equal(drawing.landPath, world.landPath);
      assertInside(drawing);
    }
  });

  it('shows a region for places near one another, north up and east right', () => {
    const drawing = map([berlin, madrid]);
    const [north, south] = drawing.places;
    assert.ok(north && south);
    assert.ok(north.y < south.y && north.x > south.x);
    assert.ok(north.x - south.x > 200);
    assertInside(drawing);
  });

  it('does not tear a region at the date line', () => {
    const drawing = map([honolulu, auckland], [{ from: 'Honolulu', to: 'Auckland' }]);
    const [east, west] = drawing.places;
    assert.ok(east && west && east.x > west.x);
    assert.equal(drawing.lines[0]?.path.match(/M/g)?.length, 1);
    assertInside(drawing);
  });

  it('leaves out what is not on earth, and lines to it', () => {
    const nowhere = [place('n', NaN, 0), place('f', 91, 0), place('g', 0, Infinity)];
    const drawing = map(
      [berlin, ...nowhere],
      [
        { from: 'Berlin', to: 'n' },
        { from: 'x', to: 'Berlin' },
      ],
    );
    assert.deepEqual(
      drawing.places.map((each) => each.place.id),
      ['Berlin'],
    );
    assert.deepEqual(drawing.lines, []);
  });

  it('keeps every place inside, wherever they are', () => {
    const somewhere = fc.record({
      id: fc.string(),
      label: fc.string(),
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(somewhere, { maxLength: 5 }), (places) => assertInside(map(places))),
      { numRuns: 40 },
    );
  });
});

describe('placeLabels', () => {
  const at = (x: number, y: number, text = 'label') => ({ x, y, text });

  it('puts a label beside its point, on the left at the right edge', () => {
    assert.deepEqual(placeLabels([at(100, 100)], [], 400, 300), [{ x: 110, y: 104, anchor: 'start' }]);
    assert.equal(placeLabels([at(395, 100)], [], 400, 300)[0]?.anchor, 'end');
  });

  it('goes out of the way of lines if it can', () => {
    assert.notEqual(placeLabels([at(100, 100)], [[120, 100]], 400, 300)[0]?.x, 110);
  });

  it('never lets labels overlap, and leaves out those without room', () => {
    const same = Array.from({ length: 20 }, () => at(100, 100));
    const spots = placeLabels(same, [], 400, 300);
    assert.ok(spots.some((spot) => spot === null));
    const points = fc.record({
      x: fc.integer({ min: 0, max: 400 }),
      y: fc.integer({ min: 0, max: 300 }),
      text: fc.string({ minLength: 1, maxLength: 12 }),
    });
    fc.assert(
      fc.property(fc.array(points, { maxLength: 12 }), (some) => {
        const areas = placeLabels(some, [], 400, 300).flatMap((spot, index) => {
          if (spot === null) return [];
          const length = textWidth(some[index]?.text ?? '') * 6.4;
          const left = spot.x - { start: 0, middle: length / 2, end: length }[spot.anchor];
          return [{ left, right: left + length, top: spot.y - 10, bottom: spot.y + 3 }];
        });
        for (const [index, a] of areas.entries()) {
          for (const b of areas.slice(index + 1)) {
            const apart =
              a.right <= b.left + 0.2 || b.right <= a.left + 0.2 || a.bottom <= b.top + 0.2 || b.bottom <= a.top + 0.2;
            assert.ok(apart);
          }
        }
      }),
    );
  });
});
