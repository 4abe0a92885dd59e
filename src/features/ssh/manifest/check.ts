import type { ToolManifest } from '../../../tool/manifest';

export const checkTools = {
  'ssh.check': {
    title: { en: 'Check the Connection to a Host…', 'zh-cn': '检查到主机的连接…' },
    description: {
      en: 'Name, TCP, greeting, key exchange, host key, ways to log in and login shell of a host, each timed, with what fails in one sentence.',
      'zh-cn': '逐步计时检查主机的名称、TCP、问候、密钥交换、主机密钥、登录方式与登录 shell，并用一句话指出问题所在。',
    },
    effect: 'read',
    live: false,
    icon: 'debug-disconnect',
  },
} as const satisfies Readonly<Record<string, ToolManifest>>;
