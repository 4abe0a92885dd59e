import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { inProject, listFiles } from '../../src/build/project';
import { packedFiles } from '../../src/build/vsix';
import { readZip } from '../../src/build/zip';

/** vsce renames these. */
const renamed: Readonly<Record<string, string>> = {
  'README.md': 'readme.md',
  'CHANGELOG.md': 'changelog.md',
  LICENSE: 'LICENSE.txt',
};

/** Every picture that the manifest names. */
function namedPictures(manifest: unknown): readonly string[] {
  if (typeof manifest === 'string') return /^(\.\/)?media\//.test(manifest) ? [manifest.replace(/^\.\//, '')] : [];
  return typeof manifest === 'object' && manifest !== null ? Object.values(manifest).flatMap(namedPictures) : [];
}

describe('the VSIX', () => {
  const file = process.env['OPSDECK_VSIX'];
  assert.ok(file, 'run these tests by: npm test -- package');
  const entries = readZip(fs.readFileSync(file));
  const names = [...entries.keys()].filter((name) => name.startsWith('extension/')).map((name) => name.slice(10));
  const manifest = JSON.parse(entries.get('extension/package.json')?.toString() ?? '') as {
    readonly main: string;
    readonly bin: Readonly<Record<string, string>>;
  };

  it('holds just what .vscodeignore names', () => {
    assert.deepEqual(
      [...names].sort(),
      packedFiles()
        .map((name) => renamed[name] ?? name)
        .sort(),
    );
  });

  it('holds the documents, the texts in both languages and the programs', () => {
    const wanted = [
      ...['readme.md', 'changelog.md', 'LICENSE.txt', 'NOTICE', 'package.nls.json', 'package.nls.zh-cn.json'],
      ...[
        'l10n/bundle.l10n.zh-cn.json',
        'dist/localWorker.js',
        'dist/toolWorker.js',
        'dist/computeWorker.js',
        'dist/page/page.js',
        'dist/page/page.css',
      ],
      ...[manifest.main, ...Object.values(manifest.bin)].map((program) => program.replace(/^\.\//, '')),
    ];
    assert.deepEqual(
      wanted.filter((name) => !names.includes(name)),
      [],
    );
  });

  it('holds no sources, maps, tests or packages', () => {
    const strange = names.filter((name) => /\.(ts|tsx|map|mjs|vsix)$|^(src|test|out|node_modules)\//.test(name));
    assert.deepEqual(strange, []);
  });

  it('holds every picture that the manifest names', () => {
    assert.deepEqual(
      namedPictures(manifest).filter((name) => !names.includes(name)),
      [],
    );
  });

  it('holds no picture that neither the manifest nor the source names', () => {
    const source = listFiles('src', (name) => name.endsWith('.ts')).map((name) =>
      fs.readFileSync(inProject(name), 'utf8'),
    );
    const pictures = names.filter((name) => name.startsWith('media/') && !namedPictures(manifest).includes(name));
    assert.deepEqual(
      pictures.filter((name) => !source.some((text) => text.includes(`'${path.basename(name)}'`))),
      [],
    );
  });

  it('is no larger than 3 MiB', () => {
    assert.ok(fs.statSync(file).size <= 3 * 1024 * 1024, `${fs.statSync(file).size} bytes`);
  });

  it('loads at most 60 kB when it is activated', () => {
    const { length } = entries.get('extension/dist/extension.js') ?? Buffer.alloc(0);
    assert.ok(length > 0 && length <= 60_000, `${length} bytes`);
  });
});
