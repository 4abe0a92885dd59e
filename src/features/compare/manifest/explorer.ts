import type { CommandManifest, MenuPlace, SubmenuManifest } from '../../../tool/manifest';

const onPlace = 'resourceScheme =~ /^(file|opsdeck-ssh)$/';
const one = '!listMultiSelection';

function inExplorer(when: string, group: string): MenuPlace {
  return { menu: 'opsdeck.compare.inExplorer', when, group };
}

function inEditor(when: string, group: string): MenuPlace {
  return { menu: 'opsdeck.compare.inEditor', when, group };
}

/** One entry in the menu of the Explorer, beside VS Code's own for files, and one in that of editors. */
export const compareMenus = {
  'opsdeck.compare.inExplorer': {
    title: { en: 'Compare', 'zh-cn': '比较' },
    menus: [
      {
        menu: 'explorer/context',
        when: `${onPlace} && (!listMultiSelection || listDoubleSelection)`,
        group: '3_compare@90',
      },
    ],
  },
  'opsdeck.compare.inEditor': {
    title: { en: 'Compare', 'zh-cn': '比较' },
    menus: [{ menu: 'editor/context', when: 'editorTextFocus', group: 'z_opsdeck@3' }],
  },
} as const satisfies Readonly<Record<`opsdeck.${string}`, SubmenuManifest>>;

export const explorerCommands = {
  'opsdeck.compare.both': {
    title: { en: 'Compare the Two Selected', 'zh-cn': '比较所选的两项' },
    inPalette: false,
    menus: [inExplorer('listDoubleSelection', '1_compare@1')],
  },
  'opsdeck.compare.withSelected': {
    title: { en: 'Compare with What Is Selected', 'zh-cn': '与已选择的项比较' },
    menus: [inExplorer(`${one} && opsdeck.selectedForComparison`, '1_compare@2')],
  },
  'opsdeck.compare.select': {
    title: { en: 'Select for Comparison', 'zh-cn': '选择以进行比较' },
    menus: [inExplorer(one, '1_compare@3')],
  },
  'opsdeck.compare.withRevision': {
    title: { en: 'Compare with a Git Revision…', 'zh-cn': '与 Git 版本比较…' },
    menus: [inExplorer(one, '2_sources@1'), inEditor(onPlace, '2_sources@1')],
  },
  'opsdeck.compare.withArchive': {
    title: { en: 'Compare with an Archive or Manifest…', 'zh-cn': '与归档或清单比较…' },
    inPalette: false,
    menus: [inExplorer(`${one} && explorerResourceIsFolder`, '2_sources@2')],
  },
  'opsdeck.compare.withClipboard': {
    title: { en: 'Compare with the Clipboard', 'zh-cn': '与剪贴板比较' },
    menus: [inExplorer(`${one} && !explorerResourceIsFolder`, '2_sources@3'), inEditor('true', '1_compare@1')],
  },
  'opsdeck.compare.selectionWithClipboard': {
    title: { en: 'Compare the Selection with the Clipboard', 'zh-cn': '将所选内容与剪贴板比较' },
    menus: [inEditor('editorHasSelection', '1_compare@2')],
  },
  'opsdeck.compare.reportOfDiff': {
    title: { en: 'Open This Comparison as a Report', 'zh-cn': '以报告打开此比较' },
    menus: [{ menu: 'editor/title', when: 'textCompareEditorActive', group: '5_opsdeck@1' }],
  },
} as const satisfies Readonly<Record<string, CommandManifest>>;
