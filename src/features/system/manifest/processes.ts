import type { ToolManifest } from '../../../tool/manifest';

/** Tools about processes and what they have open. */
export const processTools = {
  'system.processes': {
    title: { en: 'Show Processes', 'zh-cn': '显示进程' },
    description: {
      en: 'All processes with every figure that psutil and ps have, as a live table or tree, filtered and sorted.',
      'zh-cn': '以实时表格或树显示所有进程，包含 psutil 和 ps 的全部指标，可筛选和排序。',
    },
    effect: 'read',
    live: true,
    icon: 'list-tree',
    menus: [{ menu: 'view/title', when: 'view == opsdeck.system', group: 'navigation@2' }],
    variants: {
      byName: { title: { en: 'Find Processes by Name…', 'zh-cn': '按名称查找进程…' }, icon: 'search', ask: ['name'] },
      byUser: { title: { en: 'Show Processes of a User…', 'zh-cn': '显示某个用户的进程…' }, ask: ['user'] },
      byPort: { title: { en: 'Show the Process That Has a Port…', 'zh-cn': '显示占用某端口的进程…' }, ask: ['port'] },
      byFile: {
        title: { en: 'Show Processes That Have a File Open…', 'zh-cn': '显示打开某文件的进程…' },
        ask: ['file'],
      },
      overMemory: {
        title: { en: 'Show Processes over an Amount of Memory…', 'zh-cn': '显示内存超过指定值的进程…' },
        input: { sort: 'memory' },
        ask: ['memoryOver'],
      },
      exact: {
        title: { en: 'Show Processes with Exact Memory (PSS, USS)', 'zh-cn': '显示进程及其精确内存 (PSS、USS)' },
        input: { exact: true },
      },
      details: {
        title: {
          en: 'Show Processes with I/O Priority, Limits and Threads',
          'zh-cn': '显示进程及其 I/O 优先级、资源限制与线程',
        },
        input: { details: true },
      },
      topCpu: {
        title: { en: 'Top Processes by CPU', 'zh-cn': 'CPU 占用最高的进程' },
        input: { sort: 'cpu', limit: 20 },
      },
      topMemory: {
        title: { en: 'Top Processes by Memory', 'zh-cn': '内存占用最高的进程' },
        input: { sort: 'memory', limit: 20 },
      },
      topIo: { title: { en: 'Top Processes by I/O', 'zh-cn': 'I/O 最多的进程' }, input: { sort: 'io', limit: 20 } },
      topFiles: {
        title: { en: 'Top Processes by Open Files', 'zh-cn': '打开文件最多的进程' },
        input: { sort: 'fds', limit: 20 },
      },
    },
  },
  'system.process': {
    title: { en: 'Show a Process in Depth…', 'zh-cn': '深入查看进程…' },
    description: {
      en: 'One process: memory, threads, open files, connections, maps, limits, environment, family, namespaces.',
      'zh-cn': '单个进程的内存、线程、打开的文件、连接、映射、限制、环境变量、父子进程与命名空间。',
    },
    effect: 'read',
    live: true,
    icon: 'inspect',
    variants: {
      maps: { title: { en: 'Show Memory Maps of a Process…', 'zh-cn': '显示进程的内存映射…' }, input: { maps: 'all' } },
    },
    menus: [{ menu: 'view/item/context', when: 'viewItem == opsdeck.process', group: '1_look@1' }],
  },
  'system.files': {
    title: { en: 'Who Uses This File, Folder or Mount?', 'zh-cn': '谁在使用此文件、文件夹或挂载点？' },
    description: {
      en: 'Processes that have a file, a folder or anything of a mounted file system open, as lsof tells; deleted files that still take space.',
      'zh-cn': '像 lsof 一样列出打开某文件、文件夹或文件系统的进程，以及已删除但仍占用空间的文件。',
    },
    effect: 'read',
    live: false,
    icon: 'file-symlink-file',
    variants: {
      of: { title: { en: 'Who Uses a Path…', 'zh-cn': '谁在使用某路径…' }, ask: ['path'] },
      under: {
        title: { en: 'Who Uses Anything in a Folder…', 'zh-cn': '谁在使用某文件夹中的内容…' },
        input: { recursive: true },
        ask: ['path'],
      },
      mount: {
        title: { en: 'What Keeps a Mount Busy…', 'zh-cn': '什么占用了挂载点…' },
        input: { mount: true },
        ask: ['path'],
      },
      deleted: {
        title: { en: 'Show Deleted Files That Still Take Space', 'zh-cn': '显示已删除但仍占用空间的文件' },
        input: { deleted: true },
      },
    },
  },
} as const satisfies Record<string, ToolManifest>;
