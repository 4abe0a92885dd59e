import type { ToolManifest } from '../../../tool/manifest';

/** Keys, and the keys of hosts. */
export const keyTools = {
  'ssh.keys': {
    title: { en: 'Show SSH Keys', 'zh-cn': '显示 SSH 密钥' },
    description: {
      en: "Private keys, the agent's keys and the keys that may log in, of a machine; finds weak and open ones.",
      'zh-cn': '某台机器的私钥、代理中的密钥和可以登录的密钥；找出弱密钥和权限过宽的密钥。',
    },
    effect: 'read',
    live: false,
    icon: 'key',
  },
  'ssh.generateKey': {
    title: { en: 'Make an SSH Key…', 'zh-cn': '生成 SSH 密钥…' },
    description: {
      en: 'Makes a key pair in ~/.ssh with ssh-keygen.',
      'zh-cn': '用 ssh-keygen 在 ~/.ssh 中生成密钥对。',
    },
    effect: 'change',
    live: false,
    icon: 'add',
    ask: ['name', 'type', 'comment', 'passphrase'],
  },
  'ssh.installKey': {
    title: { en: 'Install a Public Key…', 'zh-cn': '安装公钥…' },
    description: {
      en: 'Lets a public key log in on a machine (authorized_keys).',
      'zh-cn': '允许某个公钥登录某台机器（authorized_keys）。',
    },
    effect: 'change',
    live: false,
    asksMachine: 'any',
    icon: 'cloud-upload',
  },
  'ssh.removeKey': {
    title: { en: 'Remove an Authorized Key…', 'zh-cn': '移除授权密钥…' },
    description: { en: 'Takes one line out of authorized_keys.', 'zh-cn': '从 authorized_keys 中移除一行。' },
    effect: 'change',
    live: false,
    icon: 'remove',
  },
  'ssh.knownHosts': {
    title: { en: 'Show Known Hosts', 'zh-cn': '显示已知主机' },
    description: {
      en: 'Every line of the known_hosts files, and what is wrong in them: duplicates, stale, weak and broken ones.',
      'zh-cn': 'known_hosts 文件的每一行及其中的问题：重复、过期、弱密钥与损坏的行。',
    },
    effect: 'read',
    live: false,
    icon: 'shield',
  },
  'ssh.forgetHost': {
    title: { en: "Forget a Host's Keys…", 'zh-cn': '移除主机的密钥…' },
    description: {
      en: 'Removes the lines of a host from known_hosts, after a backup.',
      'zh-cn': '备份后从 known_hosts 中移除某台主机的行。',
    },
    effect: 'change',
    live: false,
    icon: 'trash',
    ask: ['host'],
    askUnless: ['line'],
  },
  'ssh.hashKnownHosts': {
    title: { en: 'Hash Known Hosts…', 'zh-cn': '哈希已知主机名…' },
    description: {
      en: 'Makes the names in known_hosts unreadable; ssh still finds them.',
      'zh-cn': '使 known_hosts 中的主机名不可读；ssh 仍能找到它们。',
    },
    effect: 'change',
    live: false,
    icon: 'lock',
  },
  'ssh.restoreKnownHosts': {
    title: { en: 'Restore Known Hosts…', 'zh-cn': '恢复已知主机…' },
    description: { en: 'Puts a backup of known_hosts back.', 'zh-cn': '恢复 known_hosts 的备份。' },
    effect: 'change',
    live: false,
    icon: 'discard',
  },
} as const satisfies Readonly<Record<string, ToolManifest>>;
