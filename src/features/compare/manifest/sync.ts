import type { ToolManifest } from '../../../tool/manifest';

const inputSettings = {
  keepDays: 'opsdeck.compare.keepBackupsDays',
  keepGibibytes: 'opsdeck.compare.keepBackupsGibibytes',
};

/** Folders made alike, and the way back. */
export const syncTools = {
  'compare.plan': {
    title: { en: 'Plan a Synchronization of Folders…', 'zh-cn': '规划文件夹同步…' },
    description: {
      en: 'Says what would have to be copied, deleted and changed to make folders alike, and why; also as rsync commands, a patch or a list for tar. Nothing is done.',
      'zh-cn':
        '说明要使文件夹一致需要复制、删除和更改哪些内容及原因；也可导出为 rsync 命令、补丁或 tar 列表。不做任何更改。',
    },
    effect: 'read',
    live: false,
    icon: 'checklist',
  },
  'compare.sync': {
    title: { en: 'Synchronize Folders…', 'zh-cn': '同步文件夹…' },
    description: {
      en: 'Makes folders alike on any machines: shows the plan, asks, and keeps what it replaces or deletes, so that all of it can be taken back.',
      'zh-cn': '使任意机器上的文件夹一致：先显示计划并询问，被替换或删除的内容均会保留，可整体撤销。',
    },
    effect: 'change',
    live: true,
    paceMs: 500,
    opensAfterMs: 1_500,
    inputSettings,
    icon: 'sync',
  },
  'compare.previewPatch': {
    title: { en: 'Check Whether a Patch Fits…', 'zh-cn': '检查补丁是否适用…' },
    description: {
      en: 'Says file by file and hunk by hunk whether a patch fits a folder on any machine, with offset and fuzz. Nothing is changed.',
      'zh-cn': '逐文件、逐块说明补丁是否适用于任意机器上的文件夹，包括偏移与模糊度。不做任何更改。',
    },
    effect: 'read',
    live: false,
    icon: 'diff',
  },
  'compare.applyPatch': {
    title: { en: 'Apply a Patch to a Folder…', 'zh-cn': '将补丁应用到文件夹…' },
    description: {
      en: 'Applies a patch, unified or of Git, to the files of a folder on any machine, or takes it back; what it replaces is kept for an undo.',
      'zh-cn': '将统一格式或 Git 补丁应用到任意机器上的文件夹，或反向应用；被替换的内容会保留以便撤销。',
    },
    effect: 'change',
    live: true,
    paceMs: 500,
    opensAfterMs: 1_500,
    inputSettings,
    icon: 'diff-added',
  },
  'compare.undo': {
    title: { en: 'Undo a Synchronization or Patch…', 'zh-cn': '撤销同步或补丁…' },
    description: {
      en: 'Restores what a synchronization or a patch has replaced, deleted or changed; what was changed since is left alone.',
      'zh-cn': '恢复某次同步或补丁所替换、删除或更改的内容；其后又有改动的保持不变。',
    },
    effect: 'change',
    live: true,
    paceMs: 500,
    opensAfterMs: 1_500,
    icon: 'discard',
  },
  'compare.backups': {
    title: { en: 'Show Backups of Synchronizations', 'zh-cn': '显示同步的备份' },
    description: {
      en: 'What synchronizations and patches have kept for their undo, where it is, and what space it takes.',
      'zh-cn': '同步与补丁为撤销而保留的内容、所在位置及占用空间。',
    },
    effect: 'read',
    live: false,
    icon: 'archive',
  },
  'compare.emptyBackups': {
    title: { en: 'Empty Backups of Synchronizations…', 'zh-cn': '清空同步的备份…' },
    description: {
      en: 'Deletes for good what synchronizations and patches have kept: all of it, one, or what is older than some days.',
      'zh-cn': '永久删除同步与补丁保留的内容：全部、某一个，或早于若干天的。',
    },
    effect: 'change',
    live: false,
    icon: 'trash',
    ask: ['olderThanDays'],
  },
} as const satisfies Readonly<Record<string, ToolManifest>>;
