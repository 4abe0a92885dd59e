import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { printReportJson, printResultJson } from '../../../src/report/json';
import { sampleReport } from '../../support/sampleReport';

describe('printReportJson', () => {
  it('is the report', () => {
    const text = printReportJson(sampleReport);
    assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(sampleReport)));
    assert.equal(text.endsWith('\n}\n'), true);
  });
});

describe('printResultJson', () => {
  it('leaves out what is undefined and indents by two', () => {
    assert.equal(printResultJson({ a: undefined, b: [1], c: NaN }), '{\n  "b": [\n    1\n  ],\n  "c": null\n}\n');
    assert.equal(printResultJson(undefined), 'null\n');
  });

  it('refuses what is not JSON', () => {
    assert.throws(() => printResultJson({ big: 1n }), TypeError);
  });

  it('escapes what a terminal obeys without changing the value', () => {
    assert.equal(printResultJson('\u009b31m\u202e'), '"\\u009b31m\\u202e"\n');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const printed = printResultJson({ [text]: text });
        assert.deepEqual(JSON.parse(printed), { [text]: text });
        assert.doesNotMatch(printed, /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});
