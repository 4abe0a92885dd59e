import type { FeatureManifest } from '../../tool/manifest';

export const manifest = {
  name: 'system',
  title: { en: 'System', 'zh-cn': '系统' },
  tools: {
    'system.overview': {
      title: { en: 'Show System Overview', 'zh-cn': '显示系统概览' },
      description: {
        en: 'CPU, load, memory, disks, network, sensors, pressure and users of a machine, live.',
        'zh-cn': '实时显示机器的 CPU、负载、内存、磁盘、网络、传感器、压力和登录用户。',
      },
      effect: 'read',
      live: true,
      icon: 'dashboard',
    },
  },
  commands: {
    'opsdeck.system.toggleStatusBar': {
      title: {
        en: 'Show or Hide CPU and Memory in the Status Bar',
        'zh-cn': '在状态栏中显示或隐藏 CPU 和内存',
      },
      icon: 'pulse',
    },
  },
  views: {
    'opsdeck.system': {
      title: { en: 'System', 'zh-cn': '系统' },
      icon: 'pulse',
      titleTools: ['system.overview'],
    },
  },
  settings: {
    'opsdeck.system.intervalSeconds': {
      type: 'number',
      default: 2,
      minimum: 0.5,
      maximum: 60,
      order: 1,
      description: {
        en: 'Seconds between two samples of the live system overview: five times as many while the window is not focused, and none while nothing shows it.',
        'zh-cn': '实时系统概览两次采样之间的秒数；窗口失去焦点时为五倍，无处显示时不采样。',
      },
    },
    'opsdeck.system.statusBar': {
      type: 'boolean',
      default: false,
      order: 2,
      description: {
        en: 'Shows CPU and memory use in the status bar.',
        'zh-cn': '在状态栏中显示 CPU 和内存使用率。',
      },
    },
  },
  textLinks: [
    ...[
      String.raw`EADDRINUSE[^\n:]{0,60}:[^\n]{0,60}?:(?<port>\d{1,5})\b`,
      String.raw`EADDRINUSE[^\n:]{0,60}:(?<port>\d{1,5})\b`,
      String.raw`[:](?<port>\d{1,5})[^\n\d]{0,20}(?:\(98)?:? [Aa]ddress already in use`,
      String.raw`', (?<port>\d{1,5})\)[^\n\d]{0,10} address already in use`,
      String.raw`Address already in use[^\n]{0,60}:(?<port>\d{1,5})\b`,
      String.raw`\b[Pp]ort (?<port>\d{1,5}) (?:is|was) already (?:in use|allocated)`,
      String.raw`:(?<port>\d{1,5}) failed: port is already allocated`,
    ].map((pattern) => ({
      pattern,
      tool: 'system.sockets',
      tooltip: { en: 'Who has this port?', 'zh-cn': '谁占用了此端口？' },
    })),
  ],
  intervalSetting: 'opsdeck.system.intervalSeconds',
  backgroundSettings: ['opsdeck.system.statusBar'],
} as const satisfies FeatureManifest;
