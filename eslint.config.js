'use strict';

const { defineConfig, globalIgnores } = require('eslint/config');
const { builtinRules } = require('eslint/use-at-your-own-risk');
const tseslint = require('typescript-eslint');

const functionLines = builtinRules.get('max-lines-per-function');

/** Whether a function only groups tests: the argument of `describe(...)`. */
function groupsTests({ parent }) {
  return parent?.type === 'CallExpression' && parent.callee.name === 'describe';
}

/** The rules of the house that no package has. */
const house = {
  rules: {
    // A `describe` is as long as its tests are many; each of them is measured.
    'max-lines-per-function': {
      meta: functionLines.meta,
      create: (context) =>
        functionLines.create(
          Object.create(context, {
            report: { value: (problem) => groupsTests(problem.node) || context.report(problem) },
          }),
        ),
    },
  },
};

module.exports = defineConfig(
  globalIgnores(['node_modules', 'dist', 'out', '.vscode-test', 'test-output', 'media', 'test/fixtures']),
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { house },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-async-promise-executor': 'error',
      'no-control-regex': 'error',
      'no-fallthrough': 'error',
      'no-self-compare': 'error',
      'no-unsafe-finally': 'error',
      'require-yield': 'error',
      'no-console': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
        { selector: 'ExportAllDeclaration', message: 'Export by name; there are no barrel files.' },
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
        {
          selector: "CallExpression[callee.property.name='t'] > :first-child:not(Literal)",
          message: 'l10n.t takes a plain string literal, or its text cannot be found for translation.',
        },
      ],
      'house/max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      // The members of our interfaces are plain functions, written as methods.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // What talks to a terminal.
    files: ['src/cli.ts', 'src/build/**', 'test/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'require', 'module', 'exports', '__dirname', 'setInterval', 'clearInterval'].map(
          (name) => [name, 'readonly'],
        ),
      ),
    },
    rules: { 'no-undef': 'error', 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }], eqeqeq: 'error' },
  },
  { files: ['**/*.{js,cjs}'], languageOptions: { sourceType: 'commonjs' } },
);
