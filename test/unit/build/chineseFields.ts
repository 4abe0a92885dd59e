// Run as a process of its own by l10n.test.ts: schemas take their texts when they are loaded.
import * as l10n from '@vscode/l10n';
import { projectText } from '../../support/project';

async function descriptions(): Promise<readonly (readonly [field: string, description: string])[]> {
  l10n.config({ contents: projectText('l10n/bundle.l10n.zh-cn.json') });
  const { features } = await import('../../../src/features/index');
  const { fieldsOf } = await import('../../../src/tool/fields');
  const tools = (await Promise.all(features.map(({ loadTools }) => loadTools()))).flatMap((all) => Object.entries(all));
  return tools.flatMap(([id, tool]) =>
    fieldsOf(tool).map((field) => [`${id} ${field.name}`, field.description] as const),
  );
}

void descriptions().then((list) => console.log(JSON.stringify(list)));
