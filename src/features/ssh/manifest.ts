import type { FeatureManifest } from '../../tool/manifest';
import { checkTools } from './manifest/check';
import { keyTools } from './manifest/keys';
import { runCommands, runTools } from './manifest/run';
import { transferCommands, transferTools } from './manifest/transfer';
import { tunnelCommands, tunnelSettings, tunnelTools } from './manifest/tunnel';

const onHost = 'viewItem =~ /^opsdeck\\.host/';
const onHosts = 'view == opsdeck.hosts';

export const manifest = {
  name: 'ssh',
  title: { en: 'SSH', 'zh-cn': 'SSH' },
  tools: {
    'ssh.hosts': {
      title: { en: 'List Hosts', 'zh-cn': '列出主机' },
      description: {
        en: 'Lists the hosts of the SSH configuration, known_hosts, Ansible inventories and hosts files, and what in those files was not understood.',
        'zh-cn': '列出 SSH 配置、known_hosts、Ansible 清单与主机文件中的主机，以及其中无法理解的内容。',
      },
      effect: 'read',
      live: false,
      icon: 'server-environment',
      menus: [{ menu: 'view/title', when: onHosts, group: '1_list' }],
    },
    ...checkTools,
    ...runTools,
    ...transferTools,
    ...tunnelTools,
    ...keyTools,
  },
  commands: {
    'opsdeck.ssh.terminal': {
      title: { en: 'Open a Terminal on a Host…', 'zh-cn': '在主机上打开终端…' },
      icon: 'terminal',
      // What stands beside a row is out of the keyboard's reach: it is in the menu too.
      menus: [
        { menu: 'view/item/context', when: onHost, group: 'inline@2' },
        { menu: 'view/item/context', when: onHost, group: '2_open@0' },
      ],
    },
    'opsdeck.ssh.runOnHost': {
      title: { en: 'Run on This Host…', 'zh-cn': '在此主机上运行…' },
      icon: 'play',
      inPalette: false,
      menus: [{ menu: 'view/item/context', when: onHost, group: '1_run@4' }],
    },
    'opsdeck.ssh.overviewOfHost': {
      title: { en: 'Show System Overview', 'zh-cn': '显示系统概览' },
      icon: 'pulse',
      inPalette: false,
      menus: [
        { menu: 'view/item/context', when: onHost, group: 'inline@1' },
        { menu: 'view/item/context', when: onHost, group: '1_run@1' },
      ],
    },
    'opsdeck.ssh.processesOfHost': {
      title: { en: 'Show Processes', 'zh-cn': '显示进程' },
      icon: 'server-process',
      inPalette: false,
      menus: [{ menu: 'view/item/context', when: onHost, group: '1_run@2' }],
    },
    'opsdeck.ssh.checkHost': {
      title: { en: 'Check the Connection', 'zh-cn': '检查连接' },
      icon: 'debug-disconnect',
      inPalette: false,
      menus: [{ menu: 'view/item/context', when: onHost, group: '1_run@3' }],
    },
    'opsdeck.ssh.editHost': {
      title: { en: 'Open Where It Is Defined', 'zh-cn': '打开定义位置' },
      icon: 'go-to-file',
      inPalette: false,
      menus: [{ menu: 'view/item/context', when: `${onHost} && viewItem =~ /\\.listed/`, group: '3_edit@1' }],
    },
    'opsdeck.ssh.disconnect': {
      title: { en: 'Disconnect', 'zh-cn': '断开连接' },
      icon: 'debug-disconnect',
      inPalette: false,
      menus: [{ menu: 'view/item/context', when: `${onHost} && viewItem =~ /\\.connected/`, group: '4_end@1' }],
    },
    'opsdeck.ssh.tickHost': {
      // The boxes themselves are out of the keyboard's reach.
      title: { en: 'Tick or Untick', 'zh-cn': '勾选或取消勾选' },
      icon: 'check',
      inPalette: false,
      menus: [{ menu: 'view/item/context', when: onHost, group: '3_edit@3' }],
    },
    'opsdeck.ssh.copyName': {
      title: { en: 'Copy Name', 'zh-cn': '复制名称' },
      icon: 'copy',
      inPalette: false,
      menus: [{ menu: 'view/item/context', when: onHost, group: '3_edit@2' }],
    },
    'opsdeck.ssh.openRemote': {
      title: { en: 'Open in Remote - SSH', 'zh-cn': '在 Remote - SSH 中打开' },
      icon: 'remote-explorer',
      inPalette: false,
      menus: [{ menu: 'view/item/context', when: `${onHost} && opsdeck.hasRemoteSsh`, group: '2_open@1' }],
    },
    'opsdeck.ssh.filterHosts': {
      title: { en: 'Filter the Hosts…', 'zh-cn': '筛选主机…' },
      icon: 'search',
      menus: [{ menu: 'view/title', when: onHosts, group: 'navigation@1' }],
    },
    'opsdeck.ssh.clearFilter': {
      title: { en: 'Show All Hosts', 'zh-cn': '显示所有主机' },
      icon: 'clear-all',
      inPalette: false,
      menus: [{ menu: 'view/title', when: `${onHosts} && opsdeck.hostsFiltered`, group: 'navigation@0' }],
    },
    'opsdeck.ssh.untickHosts': {
      title: { en: 'Untick All Hosts', 'zh-cn': '取消勾选所有主机' },
      icon: 'clear-all',
      inPalette: false,
      menus: [{ menu: 'view/title', when: `${onHosts} && opsdeck.hostsTicked`, group: '2_ticks@1' }],
    },
    'opsdeck.ssh.newHostsFile': {
      title: { en: 'New Hosts File…', 'zh-cn': '新建主机文件…' },
      icon: 'new-file',
      menus: [{ menu: 'view/title', when: onHosts, group: '3_files@1' }],
    },
    'opsdeck.ssh.openConfig': {
      title: { en: 'Open SSH Configuration', 'zh-cn': '打开 SSH 配置' },
      icon: 'gear',
      menus: [{ menu: 'view/title', when: onHosts, group: '3_files@2' }],
    },
    'opsdeck.ssh.refreshHosts': {
      title: { en: 'Read the Hosts Again', 'zh-cn': '重新读取主机' },
      icon: 'refresh',
      menus: [{ menu: 'view/title', when: onHosts, group: 'navigation@2' }],
    },
    ...runCommands,
    ...transferCommands,
    ...tunnelCommands,
  },
  views: {
    'opsdeck.hosts': {
      title: { en: 'Hosts', 'zh-cn': '主机' },
      icon: 'server-environment',
      empty: {
        en: 'No host is known yet. Hosts come from your SSH configuration, known_hosts, Ansible inventories and hosts files (*.hosts.yaml) of the workspace.\n[Open a Terminal on a Host…](command:opsdeck.ssh.terminal)\n[Open SSH Configuration](command:opsdeck.ssh.openConfig)\n[New Hosts File…](command:opsdeck.ssh.newHostsFile)',
        'zh-cn':
          '尚无主机。主机来自 SSH 配置、known_hosts、Ansible 清单以及工作区中的主机文件（*.hosts.yaml）。\n[在主机上打开终端…](command:opsdeck.ssh.terminal)\n[打开 SSH 配置](command:opsdeck.ssh.openConfig)\n[新建主机文件…](command:opsdeck.ssh.newHostsFile)',
      },
      emptyWhen: 'opsdeck.noHosts',
    },
    'opsdeck.tunnels': {
      title: { en: 'Tunnels', 'zh-cn': '隧道' },
      icon: 'plug',
      empty: {
        en: 'A tunnel makes a port of another network a port of this machine, or the other way round, through a host.\n[Open a Tunnel…](command:opsdeck.ssh.addTunnel)',
        'zh-cn':
          '隧道通过一台主机，把另一网络中的端口变成本机端口，或反之。\n[打开隧道…](command:opsdeck.ssh.addTunnel)',
      },
    },
  },
  terminalProfiles: {
    'opsdeck.ssh.terminal': { title: { en: 'Opsdeck: Host…', 'zh-cn': 'Opsdeck：主机…' }, icon: 'remote' },
  },
  backgroundSettings: ['opsdeck.ssh.tunnels'],
  backgroundFiles: { hostsProblems: '**/*.hosts.{yaml,yml}' },
  schemas: { 'media/hosts.schema.json': ['*.hosts.yaml', '*.hosts.yml'] },
  fileSystems: { 'opsdeck-ssh': { label: { en: 'SSH', 'zh-cn': 'SSH' } } },
  settings: {
    'opsdeck.ssh.configFile': {
      type: 'text',
      default: '',
      order: 1,
      description: {
        en: 'An SSH configuration file that takes the place of yours and the system’s, as with `ssh -F`. Empty: those.',
        'zh-cn': '用来代替您与系统的 SSH 配置的文件，等同于 `ssh -F`。留空则使用原有配置。',
      },
    },
    'opsdeck.ssh.inventories': {
      type: 'list',
      default: [],
      order: 2,
      description: {
        en: 'Files that name hosts: Ansible inventories (INI or YAML) and hosts files (`*.hosts.yaml`), by absolute paths. Those of a trusted workspace are found by themselves.',
        'zh-cn':
          '列出主机的文件（绝对路径）：Ansible 清单（INI 或 YAML）与主机文件（`*.hosts.yaml`）。受信任工作区中的文件会自动找到。',
      },
    },
    'opsdeck.ssh.idleMinutes': {
      type: 'number',
      default: 5,
      minimum: 1,
      maximum: 1440,
      order: 3,
      description: {
        en: 'Minutes after which a connection that nothing uses is closed.',
        'zh-cn': '连接闲置多少分钟后关闭。',
      },
    },
    'opsdeck.ssh.trash': {
      type: 'boolean',
      default: true,
      order: 4,
      description: {
        en: 'Files that are deleted on a host go to the trash of your home folder there; without it they are deleted for good.',
        'zh-cn': '在主机上删除的文件会移至该主机主目录中的回收站；关闭后则永久删除。',
      },
    },
    'opsdeck.ssh.watchSeconds': {
      type: 'number',
      default: 5,
      minimum: 1,
      maximum: 600,
      order: 5,
      description: {
        en: 'Seconds between two looks at the open files of a host, to notice what others changed. Nothing is looked at while the window is not focused.',
        'zh-cn': '每隔多少秒查看一次主机上已打开的文件，以发现他人的更改；窗口失去焦点时不查看。',
      },
    },
    ...tunnelSettings,
  },
} as const satisfies FeatureManifest;
