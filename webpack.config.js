'use strict';

const path = require('node:path');
const { BannerPlugin, IgnorePlugin } = require('webpack');
const MiniCssExtractPlugin = require('mini-css-extract-plugin');

/**
 * Two builds: what runs in Node (the extension, the command line and the worker that reads files) and the one page
 * that draws reports. `webpack --mode production` is what is packed; `development` keeps readable names.
 */
module.exports = (_env, argv) => {
  const production = argv.mode === 'production';
  const common = {
    mode: production ? 'production' : 'development',
    devtool: production ? false : 'source-map',
    performance: { hints: false },
    resolve: { extensions: ['.ts', '.tsx', '.js'] },
    stats: 'errors-warnings',
  };
  const typescript = (configFile) => ({
    test: /\.tsx?$/,
    exclude: /node_modules/,
    use: {
      loader: 'ts-loader',
      // Types are checked by `npm run types`; here they are only removed. ES modules stay, so that unused code goes.
      options: {
        transpileOnly: true,
        configFile,
        compilerOptions: { module: 'esnext', noEmit: false, sourceMap: !production },
      },
    },
  });

  return [
    {
      ...common,
      name: 'node',
      target: 'node20',
      entry: {
        extension: './src/extension.ts',
        cli: './src/cli.ts',
        toolWorker: './src/toolWorker.ts',
        computeWorker: './src/computeWorker.ts',
        localWorker: './src/machine/localWorker.ts',
      },
      output: {
        path: path.resolve(__dirname, 'dist'),
        filename: '[name].js',
        chunkFilename: '[name].js',
        library: { type: 'commonjs2' },
      },
      externals: {
        vscode: 'commonjs vscode',
        // systeminformation tries these on macOS and goes on without them.
        'osx-temperature-sensor': 'commonjs osx-temperature-sensor',
        'macos-temperature-sensor': 'commonjs macos-temperature-sensor',
      },
      optimization: { splitChunks: { chunks: 'async', minSize: 20_000 }, chunkIds: 'named' },
      module: { rules: [typescript(path.resolve(__dirname, 'tsconfig.json'))] },
      node: { __dirname: false },
      plugins: [
        // ssh2 is faster with these, which are bound to one version of Node.js, and works without them.
        new IgnorePlugin({ resourceRegExp: /^cpu-features$|sshcrypto\.node$/ }),
        new BannerPlugin({ banner: '#!/usr/bin/env node', raw: true, include: /^cli\.js$/ }),
      ],
    },
    {
      ...common,
      name: 'page',
      target: ['web', 'es2022'],
      entry: { page: './src/webview/page.tsx' },
      output: {
        path: path.resolve(__dirname, 'dist', 'page'),
        filename: '[name].js',
        assetModuleFilename: '[name][ext]',
        clean: true,
      },
      plugins: [new MiniCssExtractPlugin({ filename: 'page.css' })],
      module: {
        rules: [
          typescript(path.resolve(__dirname, 'src', 'webview', 'tsconfig.json')),
          { test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'] },
          { test: /\.ttf$/, type: 'asset/resource' },
        ],
      },
    },
  ];
};
