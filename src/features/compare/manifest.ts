import type { FeatureManifest } from '../../tool/manifest';
import { changeCommands } from './manifest/changes';
import { compareMenus, explorerCommands } from './manifest/explorer';
import { syncTools } from './manifest/sync';
import { textCommands, textSettings, textTools } from './manifest/texts';
import { treeTools } from './manifest/trees';
import { comparisonCommands, comparisonView, lineCommands } from './manifest/view';

export const manifest = {
  name: 'compare',
  title: { en: 'Compare', 'zh-cn': '比较' },
  tools: { ...treeTools, ...textTools, ...syncTools },
  commands: { ...comparisonCommands, ...lineCommands, ...changeCommands, ...explorerCommands, ...textCommands },
  submenus: compareMenus,
  views: comparisonView,
  settings: textSettings,
} as const satisfies FeatureManifest;
