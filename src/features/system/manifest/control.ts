import type { ToolManifest } from '../../../tool/manifest';

const onProcess = (group: string) => [
  { menu: 'view/item/context' as const, when: 'viewItem == opsdeck.process', group },
];

/** Tools that do something to processes. */
export const controlTools = {
  'system.terminate': {
    title: { en: 'Terminate a Process…', 'zh-cn': '终止进程…' },
    description: {
      en: 'Asks a process, or it and all its children, to end, and kills what has not ended after a time.',
      'zh-cn': '请求进程（或连同其所有子进程）结束，超过等待时间后强制结束。',
    },
    effect: 'change',
    live: false,
    icon: 'stop-circle',
    menus: [
      ...onProcess('2_control@1'),
      { menu: 'view/item/context', when: 'viewItem == opsdeck.process', group: 'inline@1' },
    ],
    variants: {
      tree: {
        title: { en: 'Terminate a Process and Its Children…', 'zh-cn': '终止进程及其子进程…' },
        input: { tree: true },
      },
      withGrace: {
        title: { en: 'Terminate a Process with a Grace Time…', 'zh-cn': '按宽限时间终止进程…' },
        ask: ['graceSeconds'],
      },
    },
  },
  'system.signal': {
    title: { en: 'Send a Signal to a Process…', 'zh-cn': '向进程发送信号…' },
    description: {
      en: 'Any signal to a process, its group or its tree.',
      'zh-cn': '向进程、进程组或进程树发送任意信号。',
    },
    effect: 'change',
    live: false,
    icon: 'zap',
    menus: onProcess('2_control@2'),
    variants: {
      kill: { title: { en: 'Kill a Process…', 'zh-cn': '强制结束进程…' }, input: { signal: 'SIGKILL' } },
      reload: {
        title: { en: 'Reload a Process (SIGHUP)…', 'zh-cn': '让进程重新加载 (SIGHUP)…' },
        input: { signal: 'SIGHUP' },
      },
      group: {
        title: { en: 'Send a Signal to a Process Group…', 'zh-cn': '向进程组发送信号…' },
        input: { group: true },
      },
    },
  },
  'system.suspend': {
    title: { en: 'Suspend a Process…', 'zh-cn': '暂停进程…' },
    description: { en: 'Stops a process until it is resumed.', 'zh-cn': '暂停进程，直到将其恢复。' },
    effect: 'change',
    live: false,
    icon: 'debug-pause',
    menus: onProcess('2_control@3'),
    variants: {
      tree: {
        title: { en: 'Suspend a Process and Its Children…', 'zh-cn': '暂停进程及其子进程…' },
        input: { tree: true },
      },
    },
  },
  'system.resume': {
    title: { en: 'Resume a Process…', 'zh-cn': '恢复进程…' },
    description: { en: 'Lets a suspended process go on.', 'zh-cn': '让已暂停的进程继续运行。' },
    effect: 'change',
    live: false,
    icon: 'debug-continue',
    menus: onProcess('2_control@4'),
    variants: {
      tree: {
        title: { en: 'Resume a Process and Its Children…', 'zh-cn': '恢复进程及其子进程…' },
        input: { tree: true },
      },
    },
  },
  'system.nice': {
    title: { en: 'Set the Nice Value of a Process…', 'zh-cn': '设置进程的 nice 值…' },
    description: { en: 'How much CPU a process gets before others.', 'zh-cn': '进程相对其他进程的 CPU 优先级。' },
    effect: 'change',
    live: false,
    icon: 'arrow-swap',
    menus: onProcess('3_set@1'),
  },
  'system.ionice': {
    title: { en: 'Set the I/O Priority of a Process…', 'zh-cn': '设置进程的 I/O 优先级…' },
    description: { en: 'How soon the disk serves a process.', 'zh-cn': '磁盘为进程服务的优先程度。' },
    effect: 'change',
    live: false,
    icon: 'save-as',
    menus: onProcess('3_set@2'),
  },
  'system.affinity': {
    title: { en: 'Set the CPUs of a Process…', 'zh-cn': '设置进程可用的 CPU…' },
    description: { en: 'On which CPUs a process may run.', 'zh-cn': '进程可以在哪些 CPU 上运行。' },
    effect: 'change',
    live: false,
    icon: 'circuit-board',
    menus: onProcess('3_set@3'),
    variants: {
      all: {
        title: { en: 'Allow a Process All CPUs…', 'zh-cn': '允许进程使用所有 CPU…' },
        input: { cpus: 'all', threads: true },
      },
    },
  },
  'system.limit': {
    title: { en: 'Set a Resource Limit of a Process…', 'zh-cn': '设置进程的资源限制…' },
    description: {
      en: 'Soft and hard limits of a running process: open files, memory, processes and the others.',
      'zh-cn': '运行中进程的软限制与硬限制：打开文件数、内存、进程数等。',
    },
    effect: 'change',
    live: false,
    icon: 'dashboard',
    menus: onProcess('3_set@4'),
    ask: ['soft', 'hard'],
  },
} as const satisfies Record<string, ToolManifest>;
