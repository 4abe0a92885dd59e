import type { ToolManifest } from '../../../tool/manifest';

/** Whole folders. */
export const treeTools = {
  'compare.directories': {
    title: { en: 'Compare Folders as a Report…', 'zh-cn': '以报告比较文件夹…' },
    description: {
      en: 'Compares folders of this computer, of hosts over SSH, of git revisions, of .tar and .zip archives and of saved manifests: content, metadata, moved files; two sides, or more by majority.',
      'zh-cn':
        '比较本机与 SSH 主机上的文件夹、git 版本、.tar 与 .zip 归档以及已保存的清单：内容、元数据、移动过的文件；可比较两方，也可多方按多数判定。',
    },
    effect: 'read',
    live: true,
    paceMs: 500,
    icon: 'diff-multiple',
  },
  'compare.manifest': {
    title: { en: 'Save a Manifest of a Folder…', 'zh-cn': '保存文件夹清单…' },
    description: {
      en: 'Writes down path, kind, size, mode, time and SHA-256 of all that is in a folder; a later comparison with it finds what has changed since.',
      'zh-cn': '记录文件夹中所有内容的路径、类型、大小、权限、时间与 SHA-256；日后与之比较即可找出其后的变化。',
    },
    effect: 'read',
    live: true,
    paceMs: 500,
    icon: 'checklist',
  },
} as const satisfies Readonly<Record<string, ToolManifest>>;
