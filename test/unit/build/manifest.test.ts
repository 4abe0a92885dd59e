import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { generate, generatedFiles } from '../../../src/build/manifest';
import { packedFiles } from '../../../src/build/vsix';
import { projectPath, projectText } from '../../support/project';

describe('generated manifest', () => {
  it('is what the features say: run `npm run generate` when this fails', () => {
    for (const [file, content] of generatedFiles(projectPath())) assert.equal(projectText(file), content, file);
  });

  it('has every placeholder of package.json in both languages', () => {
    const { english, chinese } = generate();
    const used = [...projectText('package.json').matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? '');
    assert.ok(used.length > 10);
    for (const key of used) {
      assert.ok(english[key], `${key} in English`);
      assert.ok(chinese[key], `${key} in Chinese`);
    }
    assert.deepEqual(Object.keys(english).sort(), [...new Set(used)].sort());
  });

  it('names schemas that are in the package', () => {
    const { yamlValidation } = generate().contributes as {
      readonly yamlValidation: readonly { readonly fileMatch: readonly string[]; readonly url: string }[];
    };
    assert.deepEqual(yamlValidation[0]?.fileMatch, ['*.hosts.yaml', '*.hosts.yml']);
    const packed = packedFiles();
    for (const { url } of yamlValidation) assert.ok(packed.includes(url.replace('./', '')), url);
  });

  it('names only commands, views and pictures that exist', () => {
    const contributes = generate().contributes as {
      readonly commands: readonly { readonly command: string }[];
      readonly menus: Readonly<Record<string, readonly { readonly command?: string; readonly submenu?: string }[]>>;
      readonly submenus: readonly { readonly id: string }[];
      readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
      readonly walkthroughs: readonly {
        readonly steps: readonly {
          readonly media: { readonly image: string };
          readonly completionEvents: readonly string[];
        }[];
      }[];
    };
    const commands = new Set(contributes.commands.map((command) => command.command));
    assert.equal(commands.size, contributes.commands.length);
    const views = Object.values(contributes.views).flat();
    const known = new Set([...[...commands].map((id) => `onCommand:${id}`), ...views.map(({ id }) => `onView:${id}`)]);
    const submenus = new Set(contributes.submenus.map(({ id }) => id));
    for (const { command, submenu } of Object.values(contributes.menus).flat()) {
      assert.ok(command === undefined ? submenus.has(submenu ?? '') : commands.has(command), command ?? submenu);
    }
    for (const id of submenus) assert.ok((contributes.menus[id] ?? []).length > 0, id);
    for (const step of contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps)) {
      assert.ok(fs.existsSync(projectPath(step.media.image)), step.media.image);
      for (const event of step.completionEvents) assert.ok(known.has(event), event);
    }
  });
});
