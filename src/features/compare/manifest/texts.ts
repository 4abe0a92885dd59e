import type { CommandManifest, SettingManifest, ToolManifest } from '../../../tool/manifest';

/** Two texts. */
export const textTools = {
  'compare.texts': {
    title: { en: 'Compare Two Files Line by Line…', 'zh-cn': '逐行比较两个文件…' },
    description: {
      en: 'Compares two texts line by line, whatever their encodings: files of any machines, of git revisions and of archives, and what is at URLs; what is no text byte by byte.',
      'zh-cn':
        '逐行比较两个文本（自动识别编码）：任意机器上的文件、git 版本中的文件、归档中的文件以及 URL 的内容；非文本则逐字节比较。',
    },
    effect: 'read',
    live: false,
    icon: 'diff',
    inputSettings: { forms: 'opsdeck.compare.forms' },
  },
  'compare.show': {
    title: { en: 'Show a File of a Revision or Archive…', 'zh-cn': '显示版本或归档中的文件…' },
    description: {
      en: 'Shows a file as a git revision has it, of an archive, of a host or at a URL, as text.',
      'zh-cn': '以文本显示 git 版本、归档、主机上或 URL 处的文件。',
    },
    effect: 'read',
    live: false,
    icon: 'open-preview',
  },
  'compare.outputs': {
    title: { en: 'Compare Outputs of Commands…', 'zh-cn': '比较命令输出…' },
    description: {
      en: 'Runs a command on each of two machines, or on one, and compares what they write line by line, or with a file.',
      'zh-cn': '在两台（或一台）机器上运行命令，逐行比较其输出，也可与文件比较。',
    },
    effect: 'change',
    live: false,
    icon: 'run-all',
    inputSettings: { forms: 'opsdeck.compare.forms' },
  },
} as const satisfies Readonly<Record<string, ToolManifest>>;

export const textCommands = {
  'opsdeck.compare.keepForm': {
    title: { en: 'Choose How Files of a Name Are Compared…', 'zh-cn': '设定某名称的文件如何比较…' },
    icon: 'settings-gear',
  },
} as const satisfies Readonly<Record<string, CommandManifest>>;

export const textSettings = {
  'opsdeck.compare.forms': {
    type: 'text',
    default: '',
    order: 1,
    inWorkspace: true,
    description: {
      en: 'How files of certain names are compared, where their names and contents do not tell: `NAME=KIND`, separated by commas, such as `*.tmpl=nginx, motd=plain`. Kinds are plain, json, yaml, toml, ini, xml, nginx, sshd_config, hosts, crontab, sysctl and iptables-save.',
      'zh-cn':
        '在名称与内容无法表明类型时，某些名称的文件如何比较：`名称=类型`，以逗号分隔，例如 `*.tmpl=nginx, motd=plain`。类型有 plain、json、yaml、toml、ini、xml、nginx、sshd_config、hosts、crontab、sysctl、iptables-save。',
    },
  },
  'opsdeck.compare.keepBackupsDays': {
    type: 'number',
    default: 30,
    minimum: 0,
    maximum: 36_500,
    order: 2,
    description: {
      en: 'Backups of synchronizations and patches that are older than so many days are emptied after the next one; 0 keeps them however old they are. The latest is always kept.',
      'zh-cn': '同步与补丁的备份若早于若干天，则在下一次同步后清空；0 表示不按时间清空。最近一次的备份始终保留。',
    },
  },
  'opsdeck.compare.keepBackupsGibibytes': {
    type: 'number',
    default: 10,
    minimum: 0,
    maximum: 1_000_000,
    order: 3,
    description: {
      en: 'The oldest backups of synchronizations and patches are emptied after the next one, until all take no more than so many GiB; 0 for no limit. The latest is always kept.',
      'zh-cn':
        '下一次同步后，从最旧的开始清空同步与补丁的备份，直至总大小不超过若干 GiB；0 表示不限制。最近一次的备份始终保留。',
    },
  },
} as const satisfies Readonly<Record<string, SettingManifest>>;
