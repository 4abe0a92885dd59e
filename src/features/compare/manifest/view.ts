import type { CommandManifest, MenuPlace, ViewManifest } from '../../../tool/manifest';

const inView = 'view == opsdeck.comparison';
const some = `${inView} && opsdeck.comparison`;

function inTitle(when: string, group: string): MenuPlace {
  return { menu: 'view/title', when, group };
}

/** Lines of the view: opsdeck.comparison.(group|range|folder), or the difference of a row and whether it is a folder. */
function onLine(which: string, group: string): MenuPlace {
  return { menu: 'view/item/context', when: `${inView} && viewItem =~ /^opsdeck\\.comparison\\.(${which})$/`, group };
}

const file = 'differs|metadata|leftOnly|rightOnly|moved|same';
const path = `folder|(${file}|kind|error)(\\.folder)?`;

/** Of the comparison as a whole. */
export const comparisonCommands = {
  'opsdeck.compare.folders': {
    title: { en: 'Compare Folders…', 'zh-cn': '比较文件夹…' },
    icon: 'add',
    menus: [inTitle(inView, '1_new@1')],
  },
  'opsdeck.compare.history': {
    title: { en: 'Compare Again What Was Compared Before…', 'zh-cn': '重新运行以前的比较…' },
    icon: 'history',
    menus: [inTitle(inView, '1_new@2')],
  },
  'opsdeck.compare.openAll': {
    title: { en: 'Open All Differences', 'zh-cn': '打开所有差异' },
    icon: 'diff-multiple',
    menus: [inTitle(some, 'navigation@1'), onLine('group|folder', 'inline@1'), onLine('group|folder', '1_open@1')],
  },
  'opsdeck.compare.swap': {
    title: { en: 'Swap the Sides of the Comparison', 'zh-cn': '交换比较的两侧' },
    icon: 'arrow-swap',
    menus: [inTitle(some, '2_how@0')],
  },
  'opsdeck.compare.asTree': {
    title: { en: 'Show the Comparison as a Tree', 'zh-cn': '以树形显示比较' },
    icon: 'list-tree',
    menus: [inTitle(`${some} && !opsdeck.comparisonAsTree`, '2_how@4')],
  },
  'opsdeck.compare.asList': {
    title: { en: 'Show the Comparison as a List', 'zh-cn': '以列表显示比较' },
    icon: 'list-flat',
    menus: [inTitle(`${some} && opsdeck.comparisonAsTree`, '2_how@4')],
  },
  'opsdeck.compare.again': {
    title: { en: 'Run the Comparison Again', 'zh-cn': '重新比较' },
    icon: 'refresh',
    menus: [inTitle(`${some} && !opsdeck.comparing`, 'navigation@4')],
  },
  'opsdeck.compare.cancel': {
    title: { en: 'Cancel the Comparison', 'zh-cn': '取消比较' },
    icon: 'debug-stop',
    menus: [inTitle(`${some} && opsdeck.comparing`, 'navigation@4')],
  },
  'opsdeck.compare.options': {
    title: { en: 'Options of the Comparison…', 'zh-cn': '比较选项…' },
    icon: 'settings',
    menus: [inTitle(some, '2_how@1')],
  },
  'opsdeck.compare.showSame': {
    title: { en: 'Also Show What Is the Same', 'zh-cn': '同时显示相同的项' },
    menus: [inTitle(`${some} && !opsdeck.comparisonWithSame`, '2_how@2')],
  },
  'opsdeck.compare.hideSame': {
    title: { en: 'Do Not Show What Is the Same', 'zh-cn': '不显示相同的项' },
    menus: [inTitle(`${some} && opsdeck.comparisonWithSame`, '2_how@2')],
  },
  'opsdeck.compare.report': {
    title: { en: 'Open the Comparison as a Report', 'zh-cn': '以报告打开比较' },
    icon: 'report',
    menus: [inTitle(some, '3_out@1')],
  },
  'opsdeck.compare.close': {
    title: { en: 'Close the Comparison', 'zh-cn': '关闭比较' },
    icon: 'close',
    menus: [inTitle(some, '4_end@1')],
  },
} as const satisfies Readonly<Record<string, CommandManifest>>;

/** Of lines of the view. */
export const lineCommands = {
  'opsdeck.compare.open': {
    title: { en: 'Open the Difference', 'zh-cn': '打开差异' },
    icon: 'diff',
    inPalette: false,
    menus: [onLine(file, '1_open@1')],
  },
  'opsdeck.compare.openLeft': {
    title: { en: 'Open the Left File', 'zh-cn': '打开左侧文件' },
    inPalette: false,
    menus: [onLine('differs|metadata|leftOnly|moved|same', '1_open@2')],
  },
  'opsdeck.compare.openRight': {
    title: { en: 'Open the Right File', 'zh-cn': '打开右侧文件' },
    inPalette: false,
    menus: [onLine('differs|metadata|rightOnly|moved|same', '1_open@3')],
  },
  'opsdeck.compare.reportRow': {
    title: { en: 'Compare as a Report', 'zh-cn': '以报告比较' },
    icon: 'report',
    inPalette: false,
    menus: [onLine('differs|moved', '1_open@4')],
  },
  'opsdeck.compare.reveal': {
    title: { en: 'Reveal in the Explorer', 'zh-cn': '在资源管理器中显示' },
    inPalette: false,
    menus: [onLine(`(${file}|kind|error)(\\.folder)?`, '1_open@5')],
  },
  'opsdeck.compare.renew': {
    title: { en: 'Compare Only This Again', 'zh-cn': '仅重新比较此项' },
    icon: 'refresh',
    inPalette: false,
    menus: [onLine(path, '3_more@1')],
  },
  'opsdeck.compare.exclude': {
    title: { en: 'Exclude from the Comparison…', 'zh-cn': '从比较中排除…' },
    icon: 'exclude',
    inPalette: false,
    menus: [onLine(path, '3_more@2')],
  },
  'opsdeck.compare.copyPath': {
    title: { en: 'Copy the Path', 'zh-cn': '复制路径' },
    icon: 'copy',
    inPalette: false,
    menus: [onLine(path, '3_more@3')],
  },
} as const satisfies Readonly<Record<string, CommandManifest>>;

export const comparisonView = {
  'opsdeck.comparison': {
    title: { en: 'Comparison', 'zh-cn': '比较' },
    icon: 'diff-multiple',
    collapsed: true,
    manySelected: true,
    empty: {
      en: 'Compare two folders here, on hosts or as they were written down: what differs, what only one side has, what has moved.\n[Compare Folders…](command:opsdeck.compare.folders)\n[Compare Two Files Line by Line…](command:opsdeck.compare.texts)\n[Compare Again…](command:opsdeck.compare.history)\nOr choose *Compare* in the menu of a file or folder in the Explorer.',
      'zh-cn':
        '比较两个文件夹（本机、主机上的，或已保存的清单）：哪些不同、哪些只在一侧、哪些移动过。\n[比较文件夹…](command:opsdeck.compare.folders)\n[逐行比较两个文件…](command:opsdeck.compare.texts)\n[重新比较…](command:opsdeck.compare.history)\n也可在资源管理器中文件或文件夹的菜单里选择“比较”。',
    },
    emptyWhen: '!opsdeck.comparison',
  },
} as const satisfies Readonly<Record<string, ViewManifest>>;
