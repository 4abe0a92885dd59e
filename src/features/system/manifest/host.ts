import type { ToolManifest } from '../../../tool/manifest';

/** Tools about the machine as a whole. */
export const hostTools = {
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
  'system.disks': {
    title: { en: 'Show Disks and File Systems', 'zh-cn': '显示磁盘与文件系统' },
    description: {
      en: 'Space, inodes and fill rate of file systems, deleted files that take space, and the work of disks as iostat -x tells.',
      'zh-cn': '文件系统的空间、inode 与增长速度，已删除但占用空间的文件，以及与 iostat -x 相同的磁盘指标。',
    },
    effect: 'read',
    live: true,
    icon: 'database',
    variants: {
      all: { title: { en: 'Show All Mounts', 'zh-cn': '显示所有挂载' }, input: { all: true } },
      of: {
        title: { en: 'Explain the File System of a Path…', 'zh-cn': '分析某路径所在的文件系统…' },
        ask: ['path'],
      },
    },
  },
  'system.memory': {
    title: { en: 'Show Memory', 'zh-cn': '显示内存' },
    description: {
      en: 'Memory as free and pmap tell: what is used, cached and available, swap, huge pages, pressure, limits of control groups.',
      'zh-cn': '像 free 和 pmap 一样显示内存：已用、缓存与可用、交换空间、大页、压力以及控制组限制。',
    },
    effect: 'read',
    live: true,
    icon: 'server-process',
    variants: {
      exact: {
        title: { en: 'Show Memory of Processes Exactly (PSS, USS)', 'zh-cn': '精确显示进程内存 (PSS、USS)' },
        input: { exact: true },
      },
      groups: {
        title: { en: 'Show Control Groups', 'zh-cn': '显示控制组' },
        input: { groups: true },
      },
    },
  },
  'system.users': {
    title: { en: 'Show Logged-in Users', 'zh-cn': '显示登录用户' },
    description: {
      en: 'Who is logged in, from where, since when and how idle; past logins, failed ones and boots.',
      'zh-cn': '谁已登录、来源、时间与空闲时长；历史登录、失败登录与开机记录。',
    },
    effect: 'read',
    live: false,
    icon: 'account',
    variants: {
      history: { title: { en: 'Show Past Logins and Boots', 'zh-cn': '显示历史登录与开机' }, input: { history: 50 } },
    },
  },
  'system.sensors': {
    title: { en: 'Show Sensors', 'zh-cn': '显示传感器' },
    description: {
      en: 'Temperatures, fans, voltages, power, batteries and processor frequencies.',
      'zh-cn': '温度、风扇、电压、功率、电池与处理器频率。',
    },
    effect: 'read',
    live: true,
    icon: 'thermometer',
  },
  'system.services': {
    title: { en: 'Show Services', 'zh-cn': '显示服务' },
    description: {
      en: 'systemd units and timers with state, memory, restarts and why they failed; nothing is started to find out.',
      'zh-cn': 'systemd 单元与定时器的状态、内存、重启次数及失败原因；查询过程不会启动任何服务。',
    },
    effect: 'read',
    live: false,
    icon: 'settings-gear',
    variants: {
      byName: { title: { en: 'Find a Service…', 'zh-cn': '查找服务…' }, icon: 'search', ask: ['name'] },
      timers: { title: { en: 'Show Timers', 'zh-cn': '显示定时器' }, input: { type: 'timer' } },
      failed: { title: { en: 'Show Failed Services', 'zh-cn': '显示失败的服务' }, input: { state: 'failed' } },
    },
  },
  'system.snapshot': {
    title: { en: 'Take a Snapshot', 'zh-cn': '创建快照' },
    description: {
      en: 'Processes, sockets, mounts, routes, interfaces, units and users of this moment, to be kept and compared.',
      'zh-cn': '此刻的进程、套接字、挂载、路由、网络接口、单元与用户，可保存并比较。',
    },
    effect: 'read',
    live: false,
    icon: 'device-camera',
  },
  'system.compare': {
    title: { en: 'Compare Two Snapshots…', 'zh-cn': '比较两个快照…' },
    description: {
      en: 'What appeared, vanished, was restarted or changed between two snapshots.',
      'zh-cn': '两个快照之间新增、消失、重启或更改的内容。',
    },
    effect: 'read',
    live: false,
    icon: 'diff-multiple',
    variants: {
      withNow: {
        title: { en: 'Compare a Snapshot with Now…', 'zh-cn': '将快照与现在比较…' },
        input: { after: 'now' },
      },
    },
    ask: ['after'],
  },
  'system.record': {
    title: { en: 'Record Snapshots', 'zh-cn': '记录快照' },
    description: {
      en: 'The flight recorder: keeps a snapshot at every interval, the oldest make room.',
      'zh-cn': '飞行记录器：按间隔保存快照，超出容量时删除最旧的快照。',
    },
    effect: 'read',
    live: true,
    icon: 'record',
    intervalSetting: 'opsdeck.system.recorderSeconds',
  },
  'system.replay': {
    title: { en: 'Replay Recorded Snapshots', 'zh-cn': '回放已记录的快照' },
    description: {
      en: 'What the flight recorder saw at a moment, with a slider over all of it.',
      'zh-cn': '查看飞行记录器在某一时刻记录的内容，可用滑块浏览全部时刻。',
    },
    effect: 'read',
    live: false,
    icon: 'history',
  },
} as const satisfies Record<string, ToolManifest>;
