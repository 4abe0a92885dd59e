import type { CommandManifest, MenuPlace, SettingManifest, ToolManifest } from '../../../tool/manifest';

/** Lines of the view: opsdeck.tunnel.KIND[.web].(on|off).(auto|manual). */
function onTunnel(rest: string, group: string): MenuPlace {
  return { menu: 'view/item/context', when: `viewItem =~ /^opsdeck\\.tunnel\\.${rest}/`, group };
}

export const tunnelTools = {
  'ssh.tunnel': {
    title: { en: 'Forward a Port for Now…', 'zh-cn': '临时转发端口…' },
    description: {
      en: 'Tunnels through a host (ssh -L, -R, -D) as long as it runs: where they lead, connections, bytes and the last failure. A lost connection is opened again.',
      'zh-cn':
        '通过主机建立隧道（ssh -L、-R、-D），在其运行期间有效：显示两端、连接数、字节数与最近一次失败。连接断开后自动重连。',
    },
    effect: 'read',
    live: true,
    lasts: true,
    paceMs: 1_000,
    asksMachine: 'host',
    icon: 'plug',
    ask: ['spec'],
  },
} as const satisfies Readonly<Record<string, ToolManifest>>;

export const tunnelCommands = {
  'opsdeck.ssh.addTunnel': {
    title: { en: 'Open a Tunnel…', 'zh-cn': '打开隧道…' },
    icon: 'add',
    menus: [
      { menu: 'view/title', when: 'view == opsdeck.tunnels', group: 'navigation@1' },
      { menu: 'view/item/context', when: 'viewItem =~ /^opsdeck\\.host/', group: '2_open@3' },
    ],
  },
  'opsdeck.ssh.startTunnel': {
    title: { en: 'Open a Saved Tunnel', 'zh-cn': '打开已保存的隧道' },
    icon: 'play',
    menus: [onTunnel('.*\\.off\\.', 'inline@1'), onTunnel('.*\\.off\\.', '1_run@1')],
  },
  'opsdeck.ssh.stopTunnel': {
    title: { en: 'Close the Tunnel', 'zh-cn': '关闭隧道' },
    icon: 'debug-stop',
    menus: [onTunnel('.*\\.on\\.', 'inline@1'), onTunnel('.*\\.on\\.', '1_run@1')],
  },
  'opsdeck.ssh.showTunnel': {
    title: { en: 'Show What Goes through a Tunnel', 'zh-cn': '查看隧道流量' },
    icon: 'pulse',
    menus: [onTunnel('.*\\.on\\.', '1_run@2')],
  },
  'opsdeck.ssh.browseTunnel': {
    title: { en: 'Open the Tunnel in the Browser', 'zh-cn': '在浏览器中打开隧道' },
    icon: 'globe',
    menus: [onTunnel('local\\.web\\.on', 'inline@2'), onTunnel('local\\.web\\.on', '2_use@1')],
  },
  'opsdeck.ssh.useProxy': {
    title: { en: 'Use the SOCKS Proxy…', 'zh-cn': '使用 SOCKS 代理…' },
    icon: 'link',
    menus: [onTunnel('dynamic\\.on', '2_use@1')],
  },
  'opsdeck.ssh.copyTunnelAddress': {
    title: { en: 'Copy the Address of the Tunnel', 'zh-cn': '复制隧道地址' },
    icon: 'copy',
    menus: [onTunnel('', '2_use@2')],
  },
  'opsdeck.ssh.editTunnel': {
    title: { en: 'Edit the Tunnel…', 'zh-cn': '编辑隧道…' },
    icon: 'edit',
    menus: [onTunnel('', '3_edit@1')],
  },
  'opsdeck.ssh.renameTunnel': {
    title: { en: 'Rename the Tunnel…', 'zh-cn': '重命名隧道…' },
    inPalette: false,
    menus: [onTunnel('', '3_edit@2')],
  },
  'opsdeck.ssh.openTunnelAtStart': {
    title: { en: 'Open the Tunnel with VS Code', 'zh-cn': '随 VS Code 打开隧道' },
    inPalette: false,
    menus: [onTunnel('.*\\.manual$', '3_edit@3')],
  },
  'opsdeck.ssh.openTunnelByHand': {
    title: { en: 'No Longer Open the Tunnel with VS Code', 'zh-cn': '不再随 VS Code 打开隧道' },
    inPalette: false,
    menus: [onTunnel('.*\\.auto$', '3_edit@3')],
  },
  'opsdeck.ssh.removeTunnel': {
    title: { en: 'Remove the Tunnel', 'zh-cn': '移除隧道' },
    icon: 'trash',
    menus: [onTunnel('', '4_remove@1')],
  },
} as const satisfies Readonly<Record<string, CommandManifest>>;

export const tunnelSettings = {
  'opsdeck.ssh.tunnels': {
    type: 'entries',
    default: [],
    order: 6,
    description: {
      en: 'The tunnels of the view *Tunnels*. Each goes through a host and has one of `local`, `remote` and `dynamic`, written as after `ssh -L`, `-R` and `-D`.',
      'zh-cn':
        '“隧道”视图中的隧道。每条都通过一台主机，并有 `local`、`remote`、`dynamic` 之一，写法与 `ssh -L`、`-R`、`-D` 之后相同。',
    },
    fields: {
      name: { type: 'string', required: true, description: { en: 'What it is called.', 'zh-cn': '名称。' } },
      host: {
        type: 'string',
        required: true,
        description: {
          en: 'The host that it goes through: an alias of the SSH configuration, a host of a hosts file, or [user@]host[:port].',
          'zh-cn': '所通过的主机：SSH 配置中的别名、主机文件中的主机，或 [user@]host[:port]。',
        },
      },
      local: {
        type: 'string',
        description: {
          en: 'A port here that leads to a target as the host sees it: `8080:db:5432`.',
          'zh-cn': '本机端口，通往主机所见的目标：`8080:db:5432`。',
        },
      },
      remote: {
        type: 'string',
        description: {
          en: 'A port of the host that leads to a target as this machine sees it: `9000:localhost:3000`.',
          'zh-cn': '主机端口，通往本机所见的目标：`9000:localhost:3000`。',
        },
      },
      dynamic: {
        type: 'string',
        description: {
          en: 'The port of a SOCKS proxy here whose connections leave from the host: `1080`.',
          'zh-cn': '本机 SOCKS 代理的端口，其连接从主机发出：`1080`。',
        },
      },
      startUp: {
        type: 'boolean',
        description: { en: 'It is opened when VS Code starts.', 'zh-cn': '随 VS Code 启动时打开。' },
      },
    },
  },
} as const satisfies Readonly<Record<string, SettingManifest>>;
