import * as assert from 'node:assert/strict';

export interface Tag {
  /** With the slash in front where it ends an element. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** The tags of a page that our printer made, in order; fails on any other use of an angle bracket. */
export function tagsOf(page: string): readonly Tag[] {
  const [styled, ...rest] = page.replace(/^<!doctype html>/, '').split('</style>');
  assert.equal(rest.length, 1, 'one style sheet');
  const [head = '', ...style] = (styled ?? '').split('<style>');
  assert.equal(style.length, 1, 'one style sheet');
  const tag = /<(\/?[a-z][a-z0-9]*)((?: [a-zA-Z:-]+="[^"<>]*")*)\/?>/g;
  const body = head + (rest[0] ?? '');
  assert.doesNotMatch(body.replace(tag, ''), /[<>]/, 'an angle bracket outside of tags');
  return [...body.matchAll(tag)].map(([, name = '', attributes = '']) => ({
    name,
    attributes: new Map(
      [...attributes.matchAll(/ ([a-zA-Z:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
    ),
  }));
}
