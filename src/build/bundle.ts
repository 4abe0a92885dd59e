import * as fs from 'node:fs';
import type { Configuration } from 'webpack';
import { inProject, listFiles, unlessDone } from './project';
import { announced, Trouble } from './terminal';

export type Mode = 'development' | 'production';

type ConfigurationFactory = (environment: object, argv: { readonly mode: Mode }) => Configuration[];

/** Builds dist/ with webpack, both parts, unless it was built in this mode from the very same sources. */
export async function bundle(mode: Mode): Promise<void> {
  const from = [...listFiles('src', () => true), 'webpack.config.js', 'tsconfig.json', 'package-lock.json'];
  await unlessDone({ makes: 'dist/extension.js', from, stamp: `dist/.built-for-${mode}` }, () =>
    announced(`Building the extension (webpack, ${mode})`, async () => {
      // Chunks of an earlier build would be packed otherwise. The stamp goes with them.
      fs.rmSync(inProject('dist'), { recursive: true, force: true });
      await runWebpack(mode);
      fs.chmodSync(inProject('dist', 'cli.js'), 0o755);
    }),
  );
}

async function runWebpack(mode: Mode): Promise<void> {
  const { webpack } = await import('webpack');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a configuration file, found when it is needed
  const factory = require(inProject('webpack.config.js')) as ConfigurationFactory;
  const cacheDirectory = inProject('out', 'webpack-cache');
  const configurations = factory({}, { mode }).map((configuration) => ({
    ...configuration,
    cache: {
      type: 'filesystem' as const,
      cacheDirectory,
      buildDependencies: { config: [inProject('webpack.config.js'), inProject('tsconfig.json')] },
    },
  }));
  const compiler = webpack(configurations);
  const problems = await new Promise<string>((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error) reject(error);
      else resolve(stats?.hasErrors() ? stats.toString({ preset: 'errors-only', colors: false }) : '');
    });
  });
  await new Promise<void>((resolve) => void compiler.close(() => resolve()));
  if (problems !== '') throw new Trouble(`webpack failed:\n${problems}`);
}
