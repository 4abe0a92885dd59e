import type { CommandManifest, MenuPlace, SubmenuManifest } from '../../../tool/manifest';

const inExplorer = 'opsdeck.compare.inExplorer';
const onPlace = 'resourceScheme =~ /^(file|opsdeck-ssh)$/';
const one = '!listMultiSelection';

function entry(when: string, group: string): MenuPlace {
  return { menu: inExplorer, when, group };
}

/** One entry of the Explorer's menu, beside VS Code's own for files. */
export const explorerMenus = {
  [inExplorer]: {
    title: { en: 'Compare', 'zh-cn': '比较' },
    menus: [
      {
        menu: 'explorer/context',
        when: `${onPlace} && (!listMultiSelection || listDoubleSelection)`,
        group: '3_compare@90',
      },
    ],
  },
} as const satisfies Readonly<Record<`opsdeck.${string}`, SubmenuManifest>>;

export const explorerCommands = {
  'opsdeck.compare.both': {
    title: { en: 'Compare the Two Selected', 'zh-cn': '比较所选的两项' },
    inPalette: false,
    menus: [entry('listDoubleSelection', '1_compare@1')],
  },
  'opsdeck.compare.withSelected': {
    title: { en: 'Compare with What Is Selected', 'zh-cn': '与已选择的项比较' },
    menus: [entry(`${one} && opsdeck.selectedForComparison`, '1_compare@2')],
  },
  'opsdeck.compare.select': {
    title: { en: 'Select for Comparison', 'zh-cn': '选择以进行比较' },
    menus: [entry(one, '1_compare@3')],
  },
  'opsdeck.compare.withManifest': {
    title: { en: 'Compare with a Manifest…', 'zh-cn': '与清单比较…' },
    menus: [entry(`${one} && explorerResourceIsFolder`, '2_sources@1')],
  },
} as const satisfies Readonly<Record<string, CommandManifest>>;
