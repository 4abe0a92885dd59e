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
    en: "The operator's workbench: see how machines are doing, here and over SSH, and calculate with addresses, without leaving the editor.",
    'zh-cn': '运维工作台：不离开编辑器即可查看本机与 SSH 主机的状态、计算 IP 地址。',
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
      id: 'hosts',
      title: { en: 'Ask the same of any host over SSH', 'zh-cn': '通过 SSH 对任何主机执行同样的操作' },
      description: {
        en: 'The view *Hosts* has what your SSH configuration, known_hosts, Ansible inventories and `*.hosts.yaml` files name. Nothing is installed there; keys are checked, and you are asked before a new one is trusted.\n[Show the Hosts](command:opsdeck.hosts.focus)',
        'zh-cn':
          '“主机”视图列出 SSH 配置、known_hosts、Ansible 清单与 `*.hosts.yaml` 文件中的主机。主机上无需安装任何东西；主机密钥会校验，信任新密钥前会先询问您。\n[显示主机](command:opsdeck.hosts.focus)',
      },
      picture: 'media/walkthrough/hosts.png',
      alternative: {
        en: 'The view of hosts, and the live system overview of one of them.',
        'zh-cn': '主机视图，以及其中一台的实时系统概览。',
      },
      completedBy: 'onView:opsdeck.hosts',
    },
    {
      id: 'terminal',
      title: { en: 'Open a terminal on a host', 'zh-cn': '在主机上打开终端' },
      description: {
        en: 'From the row of a host, or as a terminal profile; through jump hosts, with the keys and agents that your SSH configuration names.\n[Open a Terminal on a Host](command:opsdeck.ssh.terminal)',
        'zh-cn':
          '可从主机所在行打开，也可作为终端配置文件；支持跳板机，并使用 SSH 配置中的密钥与代理。\n[在主机上打开终端](command:opsdeck.ssh.terminal)',
      },
      picture: 'media/walkthrough/terminal.png',
      alternative: { en: 'A terminal on a host.', 'zh-cn': '主机上的终端。' },
      completedBy: 'onCommand:opsdeck.ssh.terminal',
    },
    {
      id: 'files',
      title: { en: 'Edit and carry files of hosts', 'zh-cn': '编辑和传输主机上的文件' },
      description: {
        en: 'A folder of a host in the Explorer: open, edit and save, also by sudo; upload, download, and copy or move from host to host, verified, with modes, times and links.\n[Browse Files of a Host](command:opsdeck.ssh.browseFiles)',
        'zh-cn':
          '在资源管理器中打开主机上的文件夹：打开、编辑、保存（也可用 sudo）；上传、下载，以及在主机之间复制或移动，逐个校验，保留权限、时间与链接。\n[浏览主机上的文件](command:opsdeck.ssh.browseFiles)',
      },
      picture: 'media/walkthrough/files.png',
      alternative: {
        en: 'A file of a host in the editor, and the menu of it in the Explorer.',
        'zh-cn': '编辑器中的主机文件，以及它在资源管理器中的菜单。',
      },
      completedBy: 'onCommand:opsdeck.ssh.browseFiles',
    },
    {
      id: 'tunnels',
      title: { en: 'Reach what lies behind a host', 'zh-cn': '访问主机背后的网络' },
      description: {
        en: 'A port here that leads to a database there, a port there that leads to you, or a SOCKS proxy: named, saved, opened again after a loss, or with VS Code.\n[Open a Tunnel](command:opsdeck.ssh.addTunnel)',
        'zh-cn':
          '本机端口通往远端数据库、远端端口通往本机，或 SOCKS 代理：命名保存，断线后自动重连，也可随 VS Code 打开。\n[打开隧道](command:opsdeck.ssh.addTunnel)',
      },
      picture: 'media/walkthrough/tunnels.png',
      alternative: {
        en: 'The view of tunnels, and the report about what goes through one.',
        'zh-cn': '隧道视图，以及其中一条隧道的流量报告。',
      },
      completedBy: 'onCommand:opsdeck.ssh.addTunnel',
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
