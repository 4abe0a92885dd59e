/**
 * Runs dependency-cruiser, which can be loaded from ES modules only, for imports.ts: the rules come as JSON on stdin,
 * the result goes as JSON to stdout. The argument is the folder that holds src/.
 */
import { cruise } from 'dependency-cruiser';
import { json } from 'node:stream/consumers';

const forbidden = await json(process.stdin);
const { output } = await cruise(['src'], {
  baseDir: process.argv[2],
  ruleSet: { forbidden },
  validate: true,
  // Imports that only bring types count like all others.
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '\\.(css|ttf)$' },
});
process.stdout.write(
  JSON.stringify({
    read: output.modules.map((module) => module.source),
    violations: output.summary.violations.map(({ from, to, rule }) => `${from} → ${to} (${rule.name})`),
  }),
);
