import type { ToolManifest } from '../../../tool/manifest';

/** Tools about sockets, interfaces and routes. */
export const networkTools = {
  'system.sockets': {
    title: { en: 'Show Sockets', 'zh-cn': '显示套接字' },
    description: {
      en: 'All sockets with their owners, queues, states and traffic, as netstat, ss and lsof -i tell; who has a port.',
      'zh-cn': '像 netstat、ss 和 lsof -i 一样显示所有套接字及其所属进程、队列、状态与流量；查询谁占用端口。',
    },
    effect: 'read',
    live: true,
    icon: 'plug',
    menus: [
      { menu: 'view/title', when: 'view == opsdeck.system', group: 'navigation@3' },
      { menu: 'view/item/context', when: 'viewItem == opsdeck.process', group: '1_look@2' },
    ],
    variants: {
      port: { title: { en: 'Who Has This Port?…', 'zh-cn': '谁占用了此端口？…' }, icon: 'search', ask: ['port'] },
      listening: {
        title: { en: 'Show Listening Sockets', 'zh-cn': '显示监听中的套接字' },
        input: { state: 'listening' },
      },
      unix: { title: { en: 'Show UNIX Sockets', 'zh-cn': '显示 UNIX 套接字' }, input: { kind: 'unix' } },
    },
  },
  'system.network': {
    title: { en: 'Show Network Interfaces and Routes', 'zh-cn': '显示网络接口与路由' },
    description: {
      en: 'Interfaces with addresses, flags and all counters, routes, neighbours, resolvers and protocol statistics.',
      'zh-cn': '网络接口的地址、标志与全部计数器，以及路由、邻居、DNS 解析器和协议统计。',
    },
    effect: 'read',
    live: true,
    icon: 'broadcast',
    variants: {
      routes: { title: { en: 'Show Routes', 'zh-cn': '显示路由' }, input: { routes: true } },
    },
  },
} as const satisfies Record<string, ToolManifest>;
