import eslint from '@eslint/js';
import jupyter from '@jupyter/eslint-plugin';
import prettier from 'eslint-config-prettier';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

import { layers } from './eslint.layers.mjs';

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'lib',
      'dist',
      '.venv',
      '.make',
      '.demo',
      '.bench',
      'obsdeck/labextension',
      'test-results',
      'test/ui/test-results'
    ]
  },
  eslint.configs.recommended,
  ...tseslint.configs.recommended,
  { plugins: { jupyter } },
  jupyter.configs.recommended,
  hooks.configs.flat.recommended,
  {
    files: ['src/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: false } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports' }
      ],
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'interface',
          format: ['PascalCase'],
          custom: { regex: '^I[A-Z]', match: true }
        }
      ],
      // XML decoding and file names have to name control characters.
      'no-control-regex': 'off',
      curly: ['error', 'all'],
      eqeqeq: ['error', 'smart']
    }
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': [
        'error',
        { max: 80, skipComments: true, skipBlankLines: true }
      ],
      complexity: ['error', 16]
    }
  },
  {
    // Automata over bytes: each branch is one class of bytes, and calls cost what they save.
    files: ['src/protocol/votable/{numbers,utf8}.ts'],
    rules: { complexity: ['error', 22] }
  },
  {
    // Needed at once to offer anything at all; what a gesture needs is imported by it.
    files: ['src/plugins/**/*.ts'],
    rules: {
      'jupyter/prefer-lazy-imports': [
        'warn',
        {
          ignoreImports: [
            '../archives/index.js',
            '../../archives/index.js',
            '../model/*',
            '../../model/*',
            '../transport/*',
            '../../transport/*',
            '../view/sidebar.js',
            '../../view/sidebar.js',
            '../view/search/panel.js',
            '../../view/search/panel.js',
            '../view/accounts/panel.js',
            '../../view/accounts/panel.js',
            '../view/accounts/statusitem.js',
            '../../view/accounts/statusitem.js',
            '../restore.js',
            '../search/opensearch.js',
            './*'
          ]
        }
      ]
    }
  },
  {
    // The plugin loads the Results view with `import()`, and the grid with it.
    files: ['src/view/results/*.ts'],
    rules: {
      'jupyter/prefer-lazy-imports': ['warn', { ignoreImports: ['@lumino/datagrid'] }]
    }
  },
  {
    // The plugin loads the language of the editor with `import()`.
    files: ['src/view/query/language.ts'],
    rules: {
      'jupyter/prefer-lazy-imports': [
        'warn',
        { ignoreImports: ['@codemirror/lang-sql'] }
      ]
    }
  },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: { 'jupyter/no-untranslated-string': 'off' }
  },
  ...layers,
  {
    files: ['**/*.mjs', '**/*.mts', 'test/**/*.{ts,tsx}'],
    languageOptions: { globals: globals.node }
  },
  prettier
);
