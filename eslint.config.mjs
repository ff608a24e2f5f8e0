import eslint from '@eslint/js'
import path from 'node:path'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const DESTINATION = ['destinations', 'destinations/topsort']

/** Cheaper than all of the sandbox: it loads no schemas. */
const ATTRIBUTION = 'sandbox/attribution'

/**
 * The rooms of `src`, and what each may import from outside of its folder: code and types, or only types. A room is
 * imported through its `index.ts`. The rules hold for the tests in a room too, which may import `tests` as well. Tests of
 * several rooms are in `test`.
 */
const ROOMS = {
  core: {},
  'shop-systems': { code: ['core'] },
  'destinations/topsort': {},
  pipeline: { code: ['core'] },
  sandbox: { code: ['core'], packages: ['^@segment/'] },
  comparison: { code: ['core'] },
  checks: { code: ['core', 'shop-systems'], types: ['pipeline', 'sandbox'], tests: ['../test/support/[a-z-]+'] },
  suggest: { code: ['core', ...DESTINATION, 'pipeline', 'checks', 'shop-systems'] },
  archive: {
    code: [
      'core',
      ...DESTINATION,
      'pipeline',
      'comparison',
      'checks',
      'suggest',
      'sandbox',
      ATTRIBUTION,
      'page/ui',
      '../package.json'
    ],
    tests: ['../test/support/[a-z-]+', '../scripts/archive/[a-z-]+']
  },
  workbench: { code: ['core', ...DESTINATION, 'pipeline', 'comparison', 'checks', 'suggest', 'sandbox'] },
  // The other files of `core` and `checks` need Node.
  page: {
    code: [
      'core/json',
      'core/durations',
      'core/search-language',
      'checks/severities',
      'checks/say',
      'checks/diagnosis'
    ],
    types: ['workbench/api', 'checks']
  },
  cli: {
    code: [
      'core',
      'workbench/main',
      'archive/preflight/main',
      'archive/suggest/main',
      'archive/replay/main',
      '../package.json'
    ]
  }
}

/** How deep the folders of a room may be nested. The rules do not reach deeper files. */
const MAX_DEPTH = 4

/** Makes the rules of a room, or of a folder that is anywhere in it. Each depth has its own, because the same relative path means another folder there. */
function holdRoom(room, { code = [], types = [], packages = [] }, folder = '') {
  const toPattern = (others) => others.map((other) => path.posix.relative(path.posix.dirname(room), other)).join('|')
  return Array.from({ length: MAX_DEPTH + 1 }, (_, depth) => {
    const up = `^(?:\\.\\./){${depth + (folder === '' ? 0 : 1)}}\\.\\.`
    const patterns = [
      {
        regex: `${up}(?:$|/(?!(?:${toPattern([...code, ...types])})$))`,
        message: `src/${room} may not import this. ROOMS in eslint.config.mjs lists what it may import.`
      },
      {
        regex: `${up}/(?:${toPattern(types)})$`,
        message: `src/${room} may import only types of this room.`,
        allowTypeImports: true
      },
      ...packages.map((regex) => ({ regex, message: `src/${room} may not import this package.` }))
    ]
    return {
      files: [`src/${room}/${'*/'.repeat(depth)}${folder}*.{ts,tsx}`],
      rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] }
    }
  })
}

export default defineConfig(
  { ignores: ['**/node_modules/', 'dist/', 'coverage/', 'reports/', '.stryker-tmp/', 'test/drop-in/project/no-dom/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // A short arrow function, such as a listener of the page, needs no braces around its one call.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }]
    }
  },
  {
    files: ['**/__tests__/**', 'test/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off'
    }
  },
  {
    files: ['test/**', 'scripts/**'],
    rules: {
      // It evaluates in the page each time it looks, which the page's security policy refuses. A locator does not.
      'no-restricted-properties': ['error', { property: 'waitForFunction', message: 'Wait for a locator instead.' }]
    }
  },
  {
    files: ['src/**/*.{ts,tsx}', 'scripts/**/*.ts', 'bench/**/*.ts'],
    // A component of the page is mostly markup.
    ignores: ['**/__tests__/**', 'src/page/**/*.tsx'],
    rules: {
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: false, skipComments: false, IIFEs: true }]
    }
  },
  {
    files: ['src/destinations/**'],
    ignores: ['**/__tests__/**'],
    rules: {
      // The folder moves to Segment's repository, which installs nothing else for it.
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!\\.{1,2}(/|$)|@segment/actions-core$)',
              message: 'The destination may import only @segment/actions-core and its own folder.'
            }
          ]
        }
      ]
    }
  },
  ...Object.entries(ROOMS).flatMap(([room, imports]) => holdRoom(room, imports)),
  ...Object.entries(ROOMS).flatMap(([room, { tests = [], code = [], ...imports }]) =>
    holdRoom(room, { ...imports, code: [...code, ...tests] }, '__tests__/')
  ),
  {
    files: ['examples/*.mjs'],
    languageOptions: { globals: { fetch: 'readonly', URL: 'readonly', AbortSignal: 'readonly' } }
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { module: 'writable', require: 'readonly', process: 'readonly', console: 'readonly' } }
  }
)
