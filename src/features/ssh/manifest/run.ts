import type { CommandManifest, ToolManifest } from '../../../tool/manifest';

export const runTools = {
  'ssh.run': {
    title: { en: 'Run a Command or Script…', 'zh-cn': '运行命令或脚本…' },
    description: {
      en: 'Runs a program or a script on this machine or a host, with its output live and in colours; also by sudo, su or doas.',
      'zh-cn': '在本机或主机上运行程序或脚本，实时显示带颜色的输出；也可通过 sudo、su 或 doas 运行。',
    },
    effect: 'change',
    live: true,
    paceMs: 200,
    asksMachine: 'any',
    icon: 'play',
    ask: ['command'],
    variants: {
      script: {
        title: { en: 'Run a Script…', 'zh-cn': '运行脚本…' },
        icon: 'run-all',
        ask: ['script'],
      },
      sudo: {
        title: { en: 'Run a Command with sudo…', 'zh-cn': '用 sudo 运行命令…' },
        icon: 'shield',
        input: { become: 'sudo' },
        ask: ['command'],
      },
    },
  },
} as const satisfies Readonly<Record<string, ToolManifest>>;

export const runCommands = {
  'opsdeck.ssh.runText': {
    title: { en: 'Run the Selection or File on a Machine…', 'zh-cn': '在机器上运行选中内容或文件…' },
    icon: 'run-below',
    menus: [{ menu: 'editor/context', when: 'editorTextFocus', group: 'z_opsdeck@2' }],
  },
} as const satisfies Readonly<Record<string, CommandManifest>>;
