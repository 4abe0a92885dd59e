import type { CommandManifest, ToolManifest } from '../../../tool/manifest';

const onHost = 'viewItem =~ /^opsdeck\\.host/';
const onHostFile = 'resourceScheme == opsdeck-ssh';

/** Files and folders between this computer and a machine. */
export const transferTools = {
  'ssh.upload': {
    title: { en: 'Upload…', 'zh-cn': '上传…' },
    description: {
      en: 'Copies a file or a folder from this computer to the machine; verifies it, and goes on after a cut.',
      'zh-cn': '把本机的文件或文件夹复制到目标机器；逐个校验，中断后可续传。',
    },
    effect: 'change',
    live: true,
    paceMs: 500,
    asksMachine: 'host',
    icon: 'cloud-upload',
  },
  'ssh.download': {
    title: { en: 'Download…', 'zh-cn': '下载…' },
    description: {
      en: 'Copies a file or a folder from the machine to this computer; verifies it, and goes on after a cut.',
      'zh-cn': '把目标机器的文件或文件夹复制到本机；逐个校验，中断后可续传。',
    },
    effect: 'change',
    live: true,
    paceMs: 500,
    asksMachine: 'host',
    icon: 'cloud-download',
  },
  'ssh.transfer': {
    title: { en: 'Copy or Move to Another Host…', 'zh-cn': '复制或移动到另一台主机…' },
    description: {
      en: 'Copies or moves a file or a folder from the machine to another host, through this computer; verifies it, and deletes an original only when all of it is there.',
      'zh-cn': '经由本机把目标机器的文件或文件夹复制或移动到另一台主机；逐个校验，移动时待全部到位后才删除原件。',
    },
    effect: 'change',
    live: true,
    paceMs: 500,
    asksMachine: 'host',
    icon: 'arrow-swap',
  },
} as const satisfies Readonly<Record<string, ToolManifest>>;

export const transferCommands = {
  'opsdeck.ssh.browseFiles': {
    title: { en: 'Browse Files of a Host…', 'zh-cn': '浏览主机上的文件…' },
    icon: 'folder-opened',
    menus: [{ menu: 'view/item/context', when: onHost, group: '2_open@2' }],
  },
  'opsdeck.ssh.pickFolder': {
    title: { en: 'Choose a Folder of a Host…', 'zh-cn': '选择主机上的文件夹…' },
    inPalette: false,
  },
  'opsdeck.ssh.uploadFiles': {
    title: { en: 'Upload to a Host…', 'zh-cn': '上传到主机…' },
    icon: 'cloud-upload',
    menus: [{ menu: 'explorer/context', when: 'resourceScheme == file', group: '6_opsdeck@1' }],
  },
  'opsdeck.ssh.uploadHere': {
    title: { en: 'Upload to Here…', 'zh-cn': '上传到此处…' },
    icon: 'cloud-upload',
    inPalette: false,
    menus: [{ menu: 'explorer/context', when: `${onHostFile} && explorerResourceIsFolder`, group: '6_opsdeck@0' }],
  },
  // Not 'Download': VS Code's own stands beside it, which leads to the computer of the window, without modes and links.
  'opsdeck.ssh.downloadFiles': {
    title: { en: 'Copy to This Computer…', 'zh-cn': '复制到本机…' },
    icon: 'cloud-download',
    inPalette: false,
    menus: [{ menu: 'explorer/context', when: onHostFile, group: '6_opsdeck@1' }],
  },
  'opsdeck.ssh.copyToHost': {
    title: { en: 'Copy to Another Host…', 'zh-cn': '复制到另一台主机…' },
    icon: 'arrow-swap',
    inPalette: false,
    menus: [{ menu: 'explorer/context', when: onHostFile, group: '6_opsdeck@2' }],
  },
  'opsdeck.ssh.openWithSudo': {
    title: { en: 'Open with sudo', 'zh-cn': '用 sudo 打开' },
    icon: 'shield',
    inPalette: false,
    menus: [{ menu: 'explorer/context', when: `${onHostFile} && !explorerResourceIsFolder`, group: '6_opsdeck@3' }],
  },
} as const satisfies Readonly<Record<string, CommandManifest>>;
