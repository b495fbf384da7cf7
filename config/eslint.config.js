import js from '@eslint/js';
import lwc from '@salesforce/eslint-config-lwc/recommended.js';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default defineConfig([
  { ignores: ['**/node_modules/', '.data/', '.cache/'] },
  {
    files: ['**/*.ts'],
    extends: [
      js.configs.recommended,
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
    ],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: `${import.meta.dirname}/..` },
    },
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A setting that is set to nothing means the same as one that is not set.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      // Deprecated by its makers only "to make it stand out": a sign-in provider on this machine is reached by http.
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', package: 'openid-client', name: 'allowInsecureRequests' }] },
      ],
    },
  },
  {
    files: ['scripts/**/*.{js,mjs}', 'config/**/*.{js,cjs,mjs}', 'companion/**/*.{js,mjs}'],
    ignores: [
      'companion/simulators/salesforce/page/**/browser/**',
      'companion/test/support/in-page/**',
      'scripts/bench/panel-timer.js',
    ],
    extends: [js.configs.recommended],
    languageOptions: { globals: globals.node },
  },
  { files: ['config/jest/lightning/*.js'], languageOptions: { globals: globals.jest } },
  { files: ['force-app/**/lwc/**/*.js'], extends: [lwc] },
  {
    files: ['companion/simulators/salesforce/page/**/browser/**/*.js', 'companion/test/support/in-page/*.js'],
    extends: [js.configs.recommended],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['force-app/**/lwc/**/__tests__/**/*.js'],
    languageOptions: { globals: { ...globals.node, ...globals.jest } },
    rules: {
      '@lwc/lwc/no-unexpected-wire-adapter-usages': 'off',
      '@lwc/lwc/no-async-operation': 'off',
      'no-script-url': 'off',
      // One turn of the microtasks after another is what these wait for.
      'no-await-in-loop': 'off',
    },
  },
]);
