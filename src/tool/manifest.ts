/**
 * What a feature adds to VS Code, as data. `npm run generate` writes package.json's `contributes` and the
 * package.nls files from it, and `extension.ts` registers from it, so nothing is loaded before it is used.
 */
export interface FeatureManifest {
  /** Also the prefix of every id: 'system' → 'system.overview', 'opsdeck.system.overview'. */
  readonly name: string;
  readonly title: Text;
  readonly tools: Readonly<Record<string, ToolManifest>>;
  /** By full command id. Each has a handler of the same name in feature.ts, or it does not compile. */
  readonly commands: Readonly<Record<string, CommandManifest>>;
  /** Menus within menus, by id, for which commands can be. */
  readonly submenus?: Readonly<Record<`opsdeck.${string}`, SubmenuManifest>>;
  /** By view id, all in the Opsdeck view container. Each has a tree in feature.ts. */
  readonly views: Readonly<Record<string, ViewManifest>>;
  /** By full setting id. */
  readonly settings: Readonly<Record<string, SettingManifest>>;
  /** A number of seconds: how often the feature's live tools are sampled. */
  readonly intervalSetting?: string;
  /**
   * Settings: while one is on, or a list with something in it, the feature's background of that name runs from the start
   * of the window.
   */
  readonly backgroundSettings?: readonly string[];
  /** Patterns of files: as soon as one of them is open, the feature's background of that name runs. */
  readonly backgroundFiles?: Readonly<Record<string, string>>;
  /** JSON schemas of YAML files, for the YAML extension: where each is in the package, and the names that it is for. */
  readonly schemas?: Readonly<Record<string, readonly string[]>>;
  /** Kinds of terminals, by profile id. Each has a function in feature.ts. */
  readonly terminalProfiles?: Readonly<Record<string, { readonly title: Text; readonly icon: string }>>;
  /** URI schemes of file systems, each with how its files are called. Each has a function in feature.ts. */
  readonly fileSystems?: Readonly<Record<string, { readonly label: Text }>>;
  /** Texts in editors and terminals that become links to a command. */
  readonly textLinks?: readonly TextLinkManifest[];
}

/** For example 'EADDRINUSE … :3000' → who has port 3000. */
export interface TextLinkManifest {
  /** Source of a regular expression without flags; its named groups are the input of the tool, digits as numbers. */
  readonly pattern: string;
  readonly tool: string;
  /** More input, as it is. */
  readonly input?: Readonly<Record<string, unknown>>;
  readonly tooltip: Text;
}

/** Every text of the manifest in both languages; one that is missing does not compile. */
export interface Text {
  readonly en: string;
  readonly 'zh-cn': string;
}

/** The text in that language (BCP 47, any case), English where there is none. */
export function inLanguage(text: Text, language: string): string {
  return language.toLowerCase() === 'zh-cn' ? text['zh-cn'] : text.en;
}

export interface ToolManifest {
  /** Title Case verb phrase, as in the palette. */
  readonly title: Text;
  /** One sentence, for `opsdeck list` and for tooltips. */
  readonly description: Text;
  /** 'change' is confirmed, and never offered to an agent as read-only. */
  readonly effect: 'read' | 'change';
  /** Sampled again and again while somebody looks. */
  readonly live: boolean;
  /** A codicon's name. */
  readonly icon: string;
  /** Live, and what it does ends with it: the command line keeps it running without being told to. */
  readonly lasts?: boolean;
  /** Adds it to the editor's context menu for a selection. */
  readonly onSelection?: boolean;
  /** A number of seconds in place of the feature's, kept also while the window is not focused. */
  readonly intervalSetting?: string;
  /** Inputs that a setting of that id gives where they are not given. */
  readonly inputSettings?: Readonly<Record<string, string>>;
  /** Milliseconds between two looks at what goes on, where it is to be seen as it comes. */
  readonly paceMs?: number;
  /** Of a change that is live: its report opens only when it takes longer; else what became of it is told in a line. */
  readonly opensAfterMs?: number;
  /** Which machine is asked for where none is given: any, or only a host. Without it, it is this machine. */
  readonly asksMachine?: 'any' | 'host';
  /** Title bars and context menus of views where its command appears. */
  readonly menus?: readonly MenuPlace[];
  /** Optional inputs that are asked for where none of them is given. */
  readonly ask?: readonly string[];
  /** Inputs that say it in another way: nothing is asked for where one of them is given. */
  readonly askUnless?: readonly string[];
  /** More palette commands for the same tool: 'byName' → opsdeck.system.processes.byName. */
  readonly variants?: Readonly<Record<string, ToolVariant>>;
}

/** A question that is asked so often that it deserves a command. */
export interface ToolVariant {
  readonly title: Text;
  readonly icon?: string;
  /** Settled. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** Optional inputs that are asked for where none of them is given. */
  readonly ask?: readonly string[];
}

export interface CommandManifest {
  readonly title: Text;
  readonly icon?: string;
  /** Shown in the palette unless false (commands that need an argument). */
  readonly inPalette?: boolean;
  /** Title bars and context menus of views where it appears. */
  readonly menus?: readonly MenuPlace[];
}

export interface SubmenuManifest {
  readonly title: Text;
  readonly menus: readonly MenuPlace[];
}

export interface MenuPlace {
  readonly menu:
    | 'view/title'
    | 'view/item/context'
    | 'editor/title'
    | 'editor/context'
    | 'explorer/context'
    /** A submenu. */
    | `opsdeck.${string}`;
  readonly when: string;
  readonly group: string;
}

export interface ViewManifest {
  readonly title: Text;
  readonly icon: string;
  /** Tools whose commands appear in the view's title bar. */
  readonly titleTools?: readonly string[];
  /** Several of its lines can be selected at a time. */
  readonly manySelected?: boolean;
  /** Folded away at first. */
  readonly collapsed?: boolean;
  /** What stands in it while it has no rows: Markdown, command links are buttons. */
  readonly empty?: Text;
  /** A context expression: only then does `empty` hold. */
  readonly emptyWhen?: string;
}

export type SettingManifest = {
  readonly description: Text;
  readonly order: number;
  /** It is about the files of a workspace, which may have a value of its own. */
  readonly inWorkspace?: true;
} & (
  | { readonly type: 'boolean'; readonly default: boolean }
  | { readonly type: 'text'; readonly default: string }
  | { readonly type: 'list'; readonly default: readonly string[] }
  | {
      /** A list of objects. */
      readonly type: 'entries';
      readonly default: readonly [];
      readonly fields: Readonly<
        Record<string, { readonly type: 'string' | 'boolean'; readonly required?: boolean; readonly description: Text }>
      >;
    }
  | { readonly type: 'number'; readonly default: number; readonly minimum: number; readonly maximum: number }
  | {
      readonly type: 'string';
      readonly default: string;
      readonly choices: Readonly<Record<string, Text>>;
    }
);
