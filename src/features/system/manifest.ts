import type { FeatureManifest } from '../../tool/manifest';
import { controlTools } from './manifest/control';
import { hostTools } from './manifest/host';
import { networkTools } from './manifest/network';
import { processTools } from './manifest/processes';

export const manifest = {
  name: 'system',
  title: { en: 'System', 'zh-cn': '系统' },
  tools: { ...hostTools, ...processTools, ...networkTools, ...controlTools },
  commands: {
    'opsdeck.system.toggleStatusBar': {
      title: {
        en: 'Show or Hide CPU and Memory in the Status Bar',
        'zh-cn': '在状态栏中显示或隐藏 CPU 和内存',
      },
      icon: 'pulse',
    },
    'opsdeck.system.toggleRecorder': {
      title: { en: 'Switch the Flight Recorder On or Off', 'zh-cn': '开启或关闭飞行记录器' },
      icon: 'record',
    },
    'opsdeck.system.clearRecordings': {
      title: { en: 'Delete Recorded Snapshots', 'zh-cn': '删除已记录的快照' },
      icon: 'trash',
    },
    'opsdeck.system.saveSnapshot': {
      title: { en: 'Save a Snapshot to a File…', 'zh-cn': '将快照保存到文件…' },
      icon: 'device-camera',
    },
    'opsdeck.system.compareSnapshots': {
      title: { en: 'Compare Snapshots in the Diff Editor…', 'zh-cn': '在差异编辑器中比较快照…' },
      icon: 'diff-multiple',
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
    'opsdeck.system.recorder': {
      type: 'boolean',
      default: false,
      order: 3,
      description: {
        en: 'Keeps a snapshot of processes, sockets, mounts, routes and services on disk at every interval, so that you can look back; see *Replay Recorded Snapshots*.',
        'zh-cn': '按间隔在磁盘上保存进程、套接字、挂载、路由与服务的快照，以便事后查看；参见“回放已记录的快照”。',
      },
    },
    'opsdeck.system.recorderSeconds': {
      type: 'number',
      default: 30,
      minimum: 5,
      maximum: 3600,
      order: 4,
      description: {
        en: 'Seconds between two snapshots of the flight recorder.',
        'zh-cn': '飞行记录器两次快照之间的秒数。',
      },
    },
    'opsdeck.system.recorderMegabytes': {
      type: 'number',
      default: 200,
      minimum: 1,
      maximum: 10_000,
      order: 5,
      description: {
        en: 'How much the recorded snapshots may take on disk, in megabytes; the oldest make room.',
        'zh-cn': '已记录快照可占用的磁盘空间（MB）；超出时删除最旧的快照。',
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
  backgroundSettings: ['opsdeck.system.statusBar', 'opsdeck.system.recorder'],
} as const satisfies FeatureManifest;
