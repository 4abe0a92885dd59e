import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { projectPath, projectText } from '../../support/project';

const bundleFile = 'l10n/bundle.l10n.zh-cn.json';

function sources(): readonly string[] {
  return fs
    .readdirSync(projectPath('src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => path.join('src', file));
}

async function usedTexts(): Promise<readonly string[]> {
  const files = sources().map((file) => ({ contents: projectText(file), extension: path.extname(file) }));
  return Object.keys(await getL10nJson(files));
}

function placeholders(text: string): readonly string[] {
  return [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();
}

describe('translations', function () {
  // Reading every source takes a while on a busy machine.
  this.timeout(60_000);
  const chinese = JSON.parse(projectText(bundleFile)) as Record<string, string>;

  it('has a Chinese text for every text of the code, and none that no code uses', async () => {
    const used = await usedTexts();
    assert.ok(used.length > 50, `only ${used.length} texts were found in the code`);
    assert.deepEqual(
      used.filter((key) => !(key in chinese)),
      [],
      `missing in ${bundleFile}`,
    );
    assert.deepEqual(
      Object.keys(chinese).filter((key) => !used.includes(key)),
      [],
      `unused in ${bundleFile}`,
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
