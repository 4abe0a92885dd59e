import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { projectPath, projectText } from '../../support/project';

const bundleFile = 'l10n/bundle.l10n.zh-cn.json';

function sources(): readonly string[] {
  return fs
    .readdirSync(projectPath('src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => path.join('src', file));
}

/** The first argument of every `l10n.t(…)` in a file; that it is a literal is a lint rule. */
function textsOf(file: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = ts.isCallExpression(node) && node.expression.getText(source) === 'l10n.t' ? node.arguments[0] : null;
    if (text && ts.isStringLiteralLike(text)) texts.push(text.text);
    ts.forEachChild(node, visit);
  };
  const content = projectText(file);
  if (!content.includes('l10n.t(')) return [];
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest);
  visit(source);
  return texts;
}

function placeholders(text: string): readonly string[] {
  return [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();
}

describe('translations', function () {
  // Reading every source takes a while on a busy machine.
  this.timeout(60_000);
  const chinese = JSON.parse(projectText(bundleFile)) as Record<string, string>;

  it('has a Chinese text for every text of the code, and none that no code uses', () => {
    const used = new Set(sources().flatMap(textsOf));
    assert.ok(used.size > 50, `only ${used.size} texts were found in the code`);
    assert.deepEqual(
      [...used].filter((key) => !(key in chinese)),
      [],
      `missing in ${bundleFile}`,
    );
    assert.deepEqual(
      Object.keys(chinese).filter((key) => !used.has(key)),
      [],
      `unused in ${bundleFile}`,
    );
  });

  it('says in Chinese what each input of a tool is, in prompts and on the command line', () => {
    const output = execFileSync(process.execPath, [path.join(__dirname, 'chineseFields.js')], { encoding: 'utf8' });
    const fields = JSON.parse(output) as readonly (readonly [string, string])[];
    assert.ok(fields.length > 50, `only ${fields.length} inputs were found`);
    assert.deepEqual(
      fields.filter(([, description]) => !/\p{Script=Han}/u.test(description)),
      [],
    );
  });

  it('keeps the placeholders of each text and leaves none empty', () => {
    for (const [key, text] of Object.entries(chinese)) {
      assert.notEqual(text.trim(), '', key);
      assert.deepEqual(placeholders(text), placeholders(key), key);
    }
  });

  it('is asked only for plain literals, which alone can be collected', () => {
    for (const file of sources()) {
      for (const [call] of projectText(file).matchAll(/l10n\.t\(\s*[^'"\s]/g)) assert.fail(`${file}: ${call}`);
    }
  });
});
