import tseslint from 'typescript-eslint';
import vue from 'eslint-plugin-vue';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';

const engine = './electron/engine';

/** The arrows of docs/architecture.md: `target` may not import what `from` names, but for `except`. */
const arrows = [
  { target: './shared', from: ['./electron', './renderer'], message: 'shared/ is the contract: it imports nothing.' },
  { target: './renderer', from: './electron', message: 'The renderer talks to the engine over HTTP only.' },
  { target: './electron', from: './renderer', message: 'The engine knows nothing of the page that it serves.' },
  {
    target: `${engine}/learn`,
    from: engine,
    except: ['./learn', './images', './data'],
    message: 'learn/ imports no project code: hand it plain readers and settings.',
  },
  {
    target: `${engine}/images`,
    from: engine,
    except: ['./images', './data'],
    message: 'images/ holds pixel functions and codecs only.',
  },
  {
    target: `${engine}/data`,
    from: engine,
    except: ['./data'],
    message: 'data/ parses foreign file formats into plain values, and knows nothing of what they mean here.',
  },
  { target: `${engine}/masks`, from: engine, except: ['./masks', './images'], message: 'masks/ works on pixels only.' },
  {
    target: `${engine}/evaluate`,
    from: engine,
    except: ['./evaluate', './images', './masks'],
    message: 'evaluate/ works on pixels and figures only.',
  },
  {
    target: `${engine}/project`,
    from: engine,
    except: ['./project', './images', './data'],
    message: 'project/ knows files and the store, not learning or jobs.',
  },
  {
    target: `${engine}/server`,
    from: engine,
    except: ['./server', './services', './project', './jobs', './images', './masks', './evaluate'],
    message: 'server/ turns requests into calls; what computes is in services/ and jobs/.',
  },
  ...['project', 'data', 'images', 'jobs', 'learn', 'masks', 'evaluate', 'services'].map((folder) => ({
    target: `${engine}/${folder}`,
    from: `${engine}/server`,
    message: 'Nothing imports server/: it stands before the engine.',
  })),
  {
    target: './electron/cli/**/!(serve).ts',
    from: `${engine}/server`,
    message: 'Of the command line only `comask serve` starts the server.',
  },
  {
    target: ['./electron/main', './electron/preload'],
    from: ['./electron/engine', './electron/cli', './renderer'],
    message: 'The shell knows the engine by its messages only (shared/shell).',
  },
  { target: './electron/preload', from: './electron/main', message: "The preload script is the page's side." },
  {
    target: [engine, './electron/cli'],
    from: ['./electron/main', './electron/preload'],
    message: 'The shell stands before the engine; nothing imports it.',
  },
  { target: engine, from: './electron/cli', message: 'The engine knows nothing of the command line.' },
];

export default tseslint.config(
  { ignores: ['dist/**', 'dist-app/**', 'node_modules/**', 'coverage/**'] },
  ...tseslint.configs.recommended,
  {
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ alwaysTryTypes: true })] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: arrows }],
      'import-x/no-cycle': 'error',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['electron/**', 'shared/**', 'renderer/**'],
    ignores: ['electron/main/**', 'electron/preload/**'],
    rules: {
      'no-restricted-imports': ['error', { paths: [{ name: 'electron', message: 'Only the shell knows Electron.' }] }],
    },
  },
  {
    files: ['electron/main/**'],
    ignores: ['electron/main/security/ipc.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [{ name: 'electron', importNames: ['ipcMain'], message: 'Use bridgeHandlers: it checks the sender.' }],
        },
      ],
    },
  },
  ...vue.configs['flat/essential'],
  {
    files: ['renderer/**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/define-emits-declaration': ['error', 'type-literal'],
      'vue/no-bare-strings-in-template': ['error', { allowlist: ['/', '+'] }],
      'vue/no-v-html': 'error',
      'vue/no-unused-refs': 'error',
      'vue/no-useless-v-bind': 'error',
    },
  },
  {
    files: ['renderer/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*', 'electron'], message: 'A page has no Node.' }] },
      ],
    },
  },
  { files: ['build/**', '.ci/**', 'electron/cli/**', 'tests/bench/**'], rules: { 'no-console': 'off' } },
);
