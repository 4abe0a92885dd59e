import type { CommandManifest, MenuPlace } from '../../../tool/manifest';

const inView = 'view == opsdeck.comparison';

function onLine(which: string, group: string): MenuPlace {
  return { menu: 'view/item/context', when: `${inView} && viewItem =~ /^opsdeck\\.comparison\\.(${which})$/`, group };
}

const inBoth = '(differs|metadata|kind)(\\.folder)?';
const isPatch = 'resourceExtname =~ /^\\.(patch|diff)$/';

/** What is done to the sides of the comparison, each by a plan that is confirmed, with an undo. */
export const changeCommands = {
  'opsdeck.compare.takeLeft': {
    title: { en: 'Take Left', 'zh-cn': '取左侧' },
    icon: 'arrow-right',
    inPalette: false,
    menus: [
      onLine('(differs|leftOnly)(\\.folder)?', 'inline@2'),
      onLine(`folder|${inBoth}|leftOnly(\\.folder)?`, '2_take@1'),
    ],
  },
  'opsdeck.compare.takeRight': {
    title: { en: 'Take Right', 'zh-cn': '取右侧' },
    icon: 'arrow-left',
    inPalette: false,
    menus: [
      onLine('(differs|rightOnly)(\\.folder)?', 'inline@1'),
      onLine(`folder|${inBoth}|rightOnly(\\.folder)?`, '2_take@2'),
    ],
  },
  'opsdeck.compare.delete': {
    title: { en: 'Delete…', 'zh-cn': '删除…' },
    icon: 'trash',
    inPalette: false,
    menus: [onLine('(leftOnly|rightOnly)(\\.folder)?', '2_take@3')],
  },
  'opsdeck.compare.synchronize': {
    title: { en: 'Synchronize the Sides of the Comparison…', 'zh-cn': '同步比较的两侧…' },
    icon: 'sync',
    menus: [
      {
        menu: 'view/title',
        when: `${inView} && opsdeck.comparison && !opsdeck.comparing`,
        group: 'navigation@5',
      },
    ],
  },
  'opsdeck.compare.tryPatch': {
    title: { en: 'Apply a Patch with a Preview…', 'zh-cn': '预览并应用补丁…' },
    icon: 'diff-added',
    menus: [
      { menu: 'opsdeck.compare.inExplorer', when: `${isPatch} && !explorerResourceIsFolder`, group: '3_patch@1' },
      { menu: 'opsdeck.compare.inEditor', when: isPatch, group: '3_patch@1' },
    ],
  },
} as const satisfies Readonly<Record<string, CommandManifest>>;
