import type { CommandManifest, Text, ViewManifest } from '../tool/manifest';

/** The ids and texts that belong to no feature; data only, read by `extension.ts` and by the manifest's generator. */

export const panelType = 'opsdeck.report';
export const viewContainer = 'opsdeck';
export const showLogCommand = 'opsdeck.showLog';

export const houseCommands: Readonly<Record<string, CommandManifest>> = {
  [showLogCommand]: { title: { en: 'Show Log', 'zh-cn': '显示日志' }, icon: 'output' },
  'opsdeck.runOn': {
    title: { en: 'Run on Another Machine…', 'zh-cn': '在其他机器上运行…' },
    icon: 'remote',
    menus: [{ menu: 'editor/title', when: `activeWebviewPanelId == ${panelType}`, group: 'navigation' }],
  },
  'opsdeck.undo': {
    title: { en: 'Undo a Change…', 'zh-cn': '撤销一项更改…' },
    icon: 'discard',
    menus: [{ menu: 'view/item/context', when: 'viewItem == opsdeck.change.undoable', group: 'inline' }],
  },
  'opsdeck.clearChanges': {
    title: { en: 'Clear the List of Changes', 'zh-cn': '清空更改记录' },
    icon: 'clear-all',
    menus: [{ menu: 'view/title', when: 'view == opsdeck.changes', group: 'navigation' }],
  },
  'opsdeck.save': {
    title: { en: 'Save the Question of This Report…', 'zh-cn': '保存此报告的查询…' },
    icon: 'star',
    menus: [{ menu: 'editor/title', when: `activeWebviewPanelId == ${panelType}`, group: 'navigation' }],
  },
  'opsdeck.deleteSaved': {
    title: { en: 'Delete', 'zh-cn': '删除' },
    icon: 'trash',
    inPalette: false,
    menus: [{ menu: 'view/item/context', when: 'viewItem == opsdeck.saved', group: 'inline' }],
  },
};

/** Views of the house, below those of the features. */
export const houseViews: Readonly<Record<string, ViewManifest>> = {
  'opsdeck.saved': {
    title: { en: 'Saved', 'zh-cn': '已保存' },
    icon: 'star',
    collapsed: true,
    empty: {
      en: 'Save the question of a report with the star in its title bar, to ask it again from here.',
      'zh-cn': '点击报告标题栏中的星标即可保存其查询，以后可从这里再次运行。',
    },
  },
  'opsdeck.changes': {
    title: { en: 'Changes', 'zh-cn': '更改' },
    icon: 'history',
    collapsed: true,
    empty: {
      en: 'What you change on a machine with Opsdeck is listed here, with its way back.',
      'zh-cn': '您通过 Opsdeck 对机器所做的更改会列在这里，并可撤销。',
    },
  },
};

/** Texts of package.json itself, by their keys in package.nls.json. */
export const packageTexts: Readonly<Record<string, Text>> = {
  description: {
    en: "The operator's workbench inside VS Code: processes, sockets, files, disks and memory of a machine, control with undo, and calculations on IP addresses, as readable reports.",
    'zh-cn':
      'VS Code 中的运维工作台：机器的进程、套接字、文件、磁盘与内存，可撤销的进程控制，以及 IP 地址计算，结果以易读的报告呈现。',
  },
  'capabilities.untrusted': {
    en: 'Opsdeck takes no setting and runs nothing from a workspace; its tools look at the machine and at what you enter, and change nothing that you have not confirmed.',
    'zh-cn':
      'Opsdeck 不采用工作区中的任何设置，也不运行工作区中的任何内容；其工具只查看本机与您输入的内容，未经您确认不做任何更改。',
  },
  'capabilities.virtual': {
    en: 'The tools look at the machine on which the extension runs, not at the files of a virtual workspace.',
    'zh-cn': '工具查看的是运行此扩展的机器，而不是虚拟工作区中的文件。',
  },
};

export interface WalkthroughStep {
  readonly id: string;
  readonly title: Text;
  /** Markdown with one command link, the step's button. */
  readonly description: Text;
  readonly picture: string;
  readonly alternative: Text;
  readonly completedBy: string;
}

export const walkthrough: {
  readonly title: Text;
  readonly description: Text;
  readonly steps: readonly WalkthroughStep[];
} = {
  title: { en: 'Get Started with Opsdeck', 'zh-cn': 'Opsdeck 入门' },
  description: {
    en: "The operator's workbench: see how a machine is doing and calculate with addresses, without leaving the editor.",
    'zh-cn': '运维工作台：不离开编辑器即可查看机器状态、计算 IP 地址。',
  },
  steps: [
    {
      id: 'overview',
      title: { en: 'See how this machine is doing', 'zh-cn': '查看本机状态' },
      description: {
        en: 'CPU, memory, disks, network, sensors and pressure, live, with a verdict in one sentence.\n[Show System Overview](command:opsdeck.system.overview)',
        'zh-cn':
          '实时查看 CPU、内存、磁盘、网络、传感器与资源压力，并用一句话给出结论。\n[显示系统概览](command:opsdeck.system.overview)',
      },
      picture: 'media/walkthrough/overview.png',
      alternative: {
        en: 'The live system overview: a verdict, charts and tables of one machine.',
        'zh-cn': '实时系统概览：一台机器的结论、图表与表格。',
      },
      completedBy: 'onCommand:opsdeck.system.overview',
    },
    {
      id: 'processes',
      title: { en: 'Find the process, and deal with it', 'zh-cn': '找到进程并处理' },
      description: {
        en: 'A live table or tree of all processes; the menu of a row looks into one, ends it, or changes its priority, with a way back.\n[Show Processes](command:opsdeck.system.processes)',
        'zh-cn':
          '以实时表格或树显示所有进程；行菜单可深入查看、结束进程或更改优先级，并可撤销。\n[显示进程](command:opsdeck.system.processes)',
      },
      picture: 'media/walkthrough/processes.png',
      alternative: {
        en: 'The live table of processes with the menu of a row.',
        'zh-cn': '实时进程表与行菜单。',
      },
      completedBy: 'onCommand:opsdeck.system.processes',
    },
    {
      id: 'inspect',
      title: { en: 'Inspect an address or network', 'zh-cn': '查看 IP 地址或网络' },
      description: {
        en: 'Type, paste or select an address, network or range of IPv4 or IPv6 in any usual spelling.\n[Inspect IP Address or Network](command:opsdeck.ip.inspect)',
        'zh-cn':
          '输入、粘贴或选中一个 IPv4/IPv6 地址、网络或地址范围，各种常见写法均可。\n[查看 IP 地址或网络](command:opsdeck.ip.inspect)',
      },
      picture: 'media/walkthrough/inspect.png',
      alternative: {
        en: 'The report about a network: sizes, masks, first and last host, IANA category.',
        'zh-cn': '一个网络的报告：大小、掩码、首末主机与 IANA 类别。',
      },
      completedBy: 'onCommand:opsdeck.ip.inspect',
    },
    {
      id: 'comparison',
      title: { en: 'Compare folders', 'zh-cn': '比较文件夹' },
      description: {
        en: 'Here, on hosts, with a git revision, an archive or what was written down earlier; each difference opens in the diff editor.\n[Compare Folders…](command:opsdeck.compare.folders)',
        'zh-cn':
          '比较本机或主机上的文件夹，也可与 Git 版本、归档或先前保存的清单比较；每处差异都可在差异编辑器中打开。\n[比较文件夹…](command:opsdeck.compare.folders)',
      },
      picture: 'media/walkthrough/comparison.png',
      alternative: {
        en: 'The view of a comparison, and one of its differences in the diff editor.',
        'zh-cn': '比较视图，以及差异编辑器中的一处差异。',
      },
      completedBy: 'onCommand:opsdeck.compare.folders',
    },
    {
      id: 'statusBar',
      title: { en: 'Keep an eye on CPU and memory', 'zh-cn': '随时关注 CPU 与内存' },
      description: {
        en: 'One quiet item in the status bar, off until you want it.\n[Show or Hide It](command:opsdeck.system.toggleStatusBar)',
        'zh-cn': '状态栏中的一个项目，默认关闭。\n[显示或隐藏](command:opsdeck.system.toggleStatusBar)',
      },
      picture: 'media/walkthrough/statusBar.png',
      alternative: {
        en: 'The status bar with CPU and memory in use.',
        'zh-cn': '显示 CPU 与内存使用率的状态栏。',
      },
      completedBy: 'onCommand:opsdeck.system.toggleStatusBar',
    },
  ],
};
