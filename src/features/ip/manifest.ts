import type { FeatureManifest } from '../../tool/manifest';

export const manifest = {
  name: 'ip',
  title: { en: 'IP Addresses', 'zh-cn': 'IP 地址' },
  tools: {
    'ip.inspect': {
      title: { en: 'Inspect IP Address or Network', 'zh-cn': '查看 IP 地址或网络' },
      description: {
        en: 'Tells everything about an IPv4 or IPv6 address, network, range or netmask: masks, hosts, spellings, reverse names and what the IANA registries say.',
        'zh-cn':
          '说明一个 IPv4 或 IPv6 地址、网络、范围或掩码的全部信息：掩码、主机、各种写法、反向域名以及 IANA 注册表的记载。',
      },
      effect: 'read',
      live: false,
      icon: 'symbol-numeric',
      onSelection: true,
    },
  },
  commands: {},
  views: {},
  settings: {},
} as const satisfies FeatureManifest;
