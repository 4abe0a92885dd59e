import type { ToolManifest } from '../../../tool/manifest';

/** Two files. */
export const textTools = {
  'compare.texts': {
    title: { en: 'Compare Two Files Line by Line…', 'zh-cn': '逐行比较两个文件…' },
    description: {
      en: 'Compares two texts on any machines line by line, whatever their encodings, and tells what differs; files that are no text byte by byte.',
      'zh-cn': '逐行比较任意机器上的两个文本（自动识别编码）并说明差异；非文本文件则逐字节比较。',
    },
    effect: 'read',
    live: false,
    icon: 'diff',
  },
} as const satisfies Readonly<Record<string, ToolManifest>>;
