import * as fs from 'node:fs';
import * as path from 'node:path';
import { houseCommands, houseViews, packageTexts, panelType, viewContainer, walkthrough } from '../editor/house';
import { features } from '../features/index';
import { hostsFileSchema } from '../machine/inventory/hostsFile';
import {
  inLanguage,
  type CommandManifest,
  type FeatureManifest,
  type SettingManifest,
  type Text,
} from '../tool/manifest';

/** What the features' manifests make of package.json and the two package.nls files. */
export interface Generated {
  readonly contributes: unknown;
  readonly activationEvents: readonly string[];
  readonly english: Readonly<Record<string, string>>;
  readonly chinese: Readonly<Record<string, string>>;
}

/** Collects the texts under their keys; `key` returns the placeholder that stands for the text. */
class Texts {
  readonly english: Record<string, string> = {};
  readonly chinese: Record<string, string> = {};

  add(key: string, text: Text): string {
    this.english[key] = inLanguage(text, 'en');
    this.chinese[key] = inLanguage(text, 'zh-cn');
    return `%${key}%`;
  }
}

export function generate(): Generated {
  const texts = new Texts();
  for (const [key, text] of Object.entries(packageTexts)) texts.add(key, text);
  const manifests = features.map((feature) => feature.manifest);
  const commands = manifests.flatMap((manifest) => Object.entries(manifest.commands));
  return {
    contributes: {
      viewsContainers: { activitybar: [{ id: viewContainer, title: 'Opsdeck', icon: 'media/opsdeck.svg' }] },
      views: {
        [viewContainer]: [...manifests.map((manifest) => manifest.views), houseViews].flatMap((views) =>
          viewsOf(views, texts),
        ),
      },
      viewsWelcome: [...manifests.map((manifest) => manifest.views), houseViews].flatMap((views) =>
        welcomesOf(views, texts),
      ),
      commands: [
        ...manifests.flatMap((manifest) => toolCommands(manifest, texts)),
        ...[...commands, ...Object.entries(houseCommands)].map(([id, command]) => commandOf(id, command, texts)),
      ],
      ...submenusOf(manifests, texts),
      menus: menusOf(manifests),
      configuration: manifests.filter(hasSettings).map((manifest, order) => configurationOf(manifest, order, texts)),
      ...terminalOf(manifests, texts),
      ...labelsOf(manifests, texts),
      ...schemasOf(manifests),
      walkthroughs: [walkthroughOf(texts)],
    },
    activationEvents: [
      // An item of the status bar that the user turned on must come back with the window.
      ...(manifests.some((manifest) => (manifest.backgroundSettings ?? []).length > 0) ? ['onStartupFinished'] : []),
      `onWebviewPanel:${panelType}`,
      ...manifests.flatMap(({ fileSystems = {} }: FeatureManifest) =>
        Object.keys(fileSystems).map((name) => `onFileSystem:${name}`),
      ),
    ],
    english: texts.english,
    chinese: texts.chinese,
  };
}

function terminalOf(manifests: readonly FeatureManifest[], texts: Texts): object {
  const profiles = manifests.flatMap((manifest) => Object.entries(manifest.terminalProfiles ?? {}));
  if (profiles.length === 0) return {};
  return {
    terminal: {
      profiles: profiles.map(([id, { title, icon }]) => ({
        id,
        title: texts.add(`${id}.profile`, title),
        icon: `$(${icon})`,
      })),
    },
  };
}

function labelsOf(manifests: readonly FeatureManifest[], texts: Texts): object {
  const systems = manifests.flatMap(({ fileSystems = {} }) => Object.entries(fileSystems));
  if (systems.length === 0) return {};
  return {
    resourceLabelFormatters: systems.map(([scheme, { label }]) => ({
      scheme,
      authority: '*',
      formatting: {
        label: '${authority}:${path}',
        separator: '/',
        workspaceSuffix: texts.add(`${scheme}.label`, label),
      },
    })),
  };
}

function schemasOf(manifests: readonly FeatureManifest[]): object {
  const schemas = manifests.flatMap(({ schemas = {} }) => Object.entries(schemas));
  if (schemas.length === 0) return {};
  return { yamlValidation: schemas.map(([file, fileMatch]) => ({ fileMatch, url: `./${file}` })) };
}

function hasSettings(manifest: FeatureManifest): boolean {
  return Object.keys(manifest.settings).length > 0;
}

function viewsOf(views: FeatureManifest['views'], texts: Texts): readonly unknown[] {
  return Object.entries(views).map(([id, view]) => ({
    id,
    name: texts.add(`${id}.title`, view.title),
    contextualTitle: 'Opsdeck',
    icon: `$(${view.icon})`,
    ...(view.collapsed === true ? { visibility: 'collapsed' } : {}),
  }));
}

function welcomesOf(views: FeatureManifest['views'], texts: Texts): readonly unknown[] {
  return Object.entries(views).flatMap(([view, { empty, emptyWhen }]) =>
    empty === undefined
      ? []
      : [
          {
            view,
            contents: texts.add(`${view}.empty`, empty),
            ...(emptyWhen === undefined ? {} : { when: emptyWhen }),
          },
        ],
  );
}

function toolCommands(manifest: FeatureManifest, texts: Texts): readonly unknown[] {
  return Object.entries(manifest.tools).flatMap(([id, tool]) => {
    const variants = Object.entries(tool.variants ?? {}).map(([name, variant]) => [`${id}.${name}`, variant] as const);
    return [[id, tool] as const, ...variants].map(([name, { title, icon = tool.icon }]) => ({
      command: `opsdeck.${name}`,
      title: texts.add(`opsdeck.${name}.title`, title),
      category: 'Opsdeck',
      icon: `$(${icon})`,
    }));
  });
}

function commandOf(id: string, command: CommandManifest, texts: Texts): unknown {
  return {
    command: id,
    title: texts.add(`${id}.title`, command.title),
    category: 'Opsdeck',
    ...(command.icon === undefined ? {} : { icon: `$(${command.icon})` }),
  };
}

function submenusOf(manifests: readonly FeatureManifest[], texts: Texts): object {
  const submenus = manifests.flatMap(({ submenus = {} }) => Object.entries(submenus));
  if (submenus.length === 0) return {};
  return { submenus: submenus.map(([id, { title }]) => ({ id, label: texts.add(`${id}.submenu`, title) })) };
}

function menusOf(manifests: readonly FeatureManifest[]): Readonly<Record<string, readonly unknown[]>> {
  const menus: Record<string, unknown[]> = {
    commandPalette: [],
    'view/title': [],
    'view/item/context': [],
    'editor/context': [],
    'editor/title': [],
    'explorer/context': [],
  };
  for (const commands of [...manifests.map((manifest) => manifest.commands), houseCommands]) {
    for (const [id, command] of Object.entries(commands)) {
      if (command.inPalette === false) menus['commandPalette']?.push({ command: id, when: 'false' });
      for (const { menu, when, group } of command.menus ?? []) (menus[menu] ??= []).push({ command: id, when, group });
    }
  }
  for (const { submenus = {} } of manifests) {
    for (const [id, { menus: places }] of Object.entries(submenus)) {
      for (const { menu, when, group } of places) menus[menu]?.push({ submenu: id, when, group });
    }
  }
  for (const manifest of manifests) {
    for (const [id, view] of Object.entries(manifest.views)) {
      for (const [index, tool] of (view.titleTools ?? []).entries()) {
        menus['view/title']?.push({
          command: `opsdeck.${tool}`,
          when: `view == ${id}`,
          group: `navigation@${index + 1}`,
        });
      }
    }
    for (const [id, tool] of Object.entries(manifest.tools)) {
      for (const { menu, when, group } of tool.menus ?? [])
        menus[menu]?.push({ command: `opsdeck.${id}`, when, group });
      if (tool.onSelection !== true) continue;
      menus['editor/context']?.push({ command: `opsdeck.${id}`, when: 'editorHasSelection', group: 'z_opsdeck@1' });
    }
  }
  return Object.fromEntries(Object.entries(menus).filter(([, items]) => items.length > 0));
}

function configurationOf(manifest: FeatureManifest, order: number, texts: Texts): unknown {
  return {
    id: `opsdeck.${manifest.name}`,
    order,
    title: texts.add(`opsdeck.${manifest.name}.settings`, manifest.title),
    properties: Object.fromEntries(
      Object.entries(manifest.settings).map(([id, setting]) => [id, settingOf(id, setting, texts)]),
    ),
  };
}

function settingOf(id: string, setting: SettingManifest, texts: Texts): unknown {
  const common = {
    // What an operator sees and how often is the operator's own choice, and none of the workspace.
    scope: setting.inWorkspace === true ? 'window' : 'application',
    order: setting.order,
    type: jsonTypeOf(setting.type),
    default: setting.default,
    markdownDescription: texts.add(`${id}.description`, setting.description),
  };
  switch (setting.type) {
    case 'boolean':
    case 'text':
      return common;
    case 'list':
      return { ...common, items: { type: 'string' } };
    case 'entries':
      return { ...common, items: entryOf(id, setting.fields, texts) };
    case 'number':
      return { ...common, minimum: setting.minimum, maximum: setting.maximum };
    case 'string':
      return {
        ...common,
        enum: Object.keys(setting.choices),
        markdownEnumDescriptions: Object.entries(setting.choices).map(([choice, text]) =>
          texts.add(`${id}.${choice}`, text),
        ),
      };
  }
}

function entryOf(id: string, fields: (SettingManifest & { type: 'entries' })['fields'], texts: Texts): unknown {
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(fields).map(([name, { type, description }]) => [
        name,
        { type, markdownDescription: texts.add(`${id}.${name}`, description) },
      ]),
    ),
    required: Object.keys(fields).filter((name) => fields[name]?.required === true),
    additionalProperties: false,
  };
}

function jsonTypeOf(type: SettingManifest['type']): string {
  return type === 'text' ? 'string' : type === 'list' || type === 'entries' ? 'array' : type;
}

function walkthroughOf(texts: Texts): unknown {
  const key = (name: string): string => `opsdeck.walkthrough.${name}`;
  return {
    id: 'start',
    title: texts.add(key('title'), walkthrough.title),
    description: texts.add(key('description'), walkthrough.description),
    steps: walkthrough.steps.map((step) => ({
      id: step.id,
      title: texts.add(key(`${step.id}.title`), step.title),
      description: texts.add(key(`${step.id}.description`), step.description),
      media: { image: step.picture, altText: texts.add(key(`${step.id}.alternative`), step.alternative) },
      completionEvents: [step.completedBy],
    })),
  };
}

/** The files as they should be, by path from the project's root. */
export function generatedFiles(root: string): ReadonlyMap<string, string> {
  const generated = generate();
  const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
  return new Map([
    [
      'package.json',
      json({ ...manifest, activationEvents: generated.activationEvents, contributes: generated.contributes }),
    ],
    ['media/hosts.schema.json', json(hostsFileSchema)],
    ['package.nls.json', json(generated.english)],
    ['package.nls.zh-cn.json', json(generated.chinese)],
  ]);
}
