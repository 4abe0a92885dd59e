import * as assert from 'node:assert/strict';
import { judged } from './support';
import { samples } from './samples';

describe('configuration files by what they mean', () => {
  for (const { what, form, left, right, judged: verdict } of samples) {
    it(what, () => {
      assert.equal(judged(form, left, right), verdict);
      if (!/^\d/.test(verdict)) assert.equal(judged(form, right, left), verdict, 'the other way round');
    });
  }
});
