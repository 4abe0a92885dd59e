import type { FeatureManifest } from '../../tool/manifest';
import { syncTools } from './manifest/sync';
import { textTools } from './manifest/texts';
import { treeTools } from './manifest/trees';

export const manifest = {
  name: 'compare',
  title: { en: 'Compare', 'zh-cn': '比较' },
  tools: { ...treeTools, ...textTools, ...syncTools },
  commands: {},
  views: {},
  settings: {},
} as const satisfies FeatureManifest;
