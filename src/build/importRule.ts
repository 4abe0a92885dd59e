import type { IForbiddenRuleType } from 'dependency-cruiser';

/** A place in the source and the places that it may import from. All are regular expressions on paths from the root. */
interface Layer {
  readonly name: string;
  readonly path: string;
  /** `$1` is the first group of `path`. A layer always sees itself. */
  readonly sees: readonly string[];
}

const lib = '^src/lib/';
/** The interfaces; local.ts, ssh.ts and directory.ts are for whoever composes. */
const machine =
  '^src/machine/((machine|machines|hostSettings|connectionCheck|tunnel|person|fileErrors|fileKinds|httpGet|treePaths|statIfThere|removeTree)\\.ts$|copy/)';
/** What SSH's own files and keys mean: text and bytes → data. */
const sshFormats = '^src/machine/ssh/(keys|knownHosts)/|^src/machine/ssh/tunnels/spec\\.ts$';
/** What an editor can ask about the files of a machine: types only. */
const fileCalls = '^src/runtime/files/calls\\.ts$';
const report = '^src/report/';
const tool = '^src/tool/';
const anyCore = '^src/features/[^/]+/core/';
const sameFeature = '^src/features/$1/';

/** "Who may import whom", in CONTRIBUTING.md as a picture. */
export const layers: readonly Layer[] = [
  { name: 'lib', path: lib, sees: [] },
  { name: 'machine', path: '^src/machine/', sees: [lib] },
  { name: 'report', path: report, sees: [lib] },
  { name: 'tool', path: tool, sees: [lib, machine, report] },
  { name: 'runtime', path: '^src/runtime/', sees: [lib, machine, report, tool] },
  // Recordings are, like the machine, an interface that somebody else gives.
  { name: 'core', path: anyCore, sees: [lib, machine, sshFormats, '^src/tool/recordings\\.ts$'] },
  { name: 'feature-manifest', path: '^src/features/[^/]+/manifest(\\.ts$|/)', sees: ['^src/tool/manifest\\.ts$'] },
  {
    name: 'feature-report',
    path: '^src/features/([^/]+)/report(\\.ts$|/)',
    sees: [lib, machine, sshFormats, report, anyCore],
  },
  {
    name: 'feature-tools',
    path: '^src/features/([^/]+)/([a-zA-Z]+T|t)ools\\.ts$',
    sees: [
      lib,
      machine,
      sshFormats,
      report,
      tool,
      anyCore,
      `${sameFeature}(manifest|[a-zA-Z]+Tools)\\.ts$`,
      `${sameFeature}report(\\.ts$|/)`,
    ],
  },
  {
    name: 'feature-adapter',
    path: '^src/features/([^/]+)/(feature\\.ts$|editor/)',
    sees: [lib, machine, report, tool, anyCore, '^src/editor/', fileCalls, sameFeature],
  },
  {
    name: 'feature-list',
    path: '^src/features/index\\.ts$',
    sees: ['^src/features/[^/]+/(manifest|tools|feature)\\.ts$', tool, '^src/editor/feature\\.ts$'],
  },
  { name: 'editor', path: '^src/editor/', sees: [lib, machine, report, tool, '^src/runtime/'] },
  { name: 'surfaces', path: '^src/surfaces/', sees: [lib, machine, report, tool, '^src/(editor|runtime)/'] },
  {
    name: 'cli',
    path: '^src/cli/',
    sees: [lib, '^src/machine/', report, tool, '^src/runtime/(recordings|compute)\\.ts$'],
  },
  { name: 'cli-entry', path: '^src/cli\\.ts$', sees: ['^src/cli/', '^src/features/index\\.ts$', lib] },
  {
    name: 'extension-entry',
    path: '^src/extension\\.ts$',
    sees: ['^src/(editor|surfaces|tool|report|lib)/', '^src/features/index\\.ts$'],
  },
  {
    name: 'worker-entry',
    path: '^src/(tool|compute)Worker\\.ts$',
    sees: ['^src/(runtime|machine|tool|lib)/', '^src/features/index\\.ts$'],
  },
  { name: 'page', path: '^src/webview/', sees: [report] },
  // Never loaded by what is shipped: no layer above sees it.
  { name: 'build', path: '^src/build/', sees: ['^src/'] },
];

const importsVscode = [
  '^src/editor/',
  '^src/surfaces/',
  '^src/extension\\.ts$',
  '^src/features/[^/]+/(feature\\.ts$|editor/)',
];

/** Node's doors to the world outside. */
const doors = '^(node:)?(fs|child_process|worker_threads|cluster|net|tls|dgram|dns|http|https|http2)(/|$)';

export const forbidden: readonly IForbiddenRuleType[] = [
  ...layers.map((layer) => ({
    name: layer.name,
    severity: 'error' as const,
    from: { path: layer.path },
    to: { path: '^src/', pathNot: [...layer.sees, layer.path.replace('([^/]+)', '$1')] },
  })),
  {
    name: 'vscode',
    comment: 'What does not import vscode runs on the command line and in plain tests.',
    severity: 'error',
    from: { path: '^src/', pathNot: [...importsVscode] },
    to: { path: '^vscode$|^node_modules/@types/vscode/' },
  },
  {
    name: 'through-the-machine',
    comment: 'A tool asks the machine it was given, so that it works on every machine.',
    severity: 'error',
    from: { path: '^src/features/[^/]+/(core/|([a-zA-Z]+T|t)ools\\.ts$|report\\.ts$|report/)' },
    to: { path: doors, dependencyTypes: ['core'] },
  },
  {
    name: 'circle',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
];
