import { fileURLToPath, URL } from 'node:url'

const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url))

/**
 * Creates the configuration of Stryker for some folders.
 *
 * @param {object} target
 * @param {string} target.tests the file of this folder that runs all of their tests
 * @param {string[]} target.folders their paths from the root of the project
 * @param {number} target.atLeast the share of the changes that the tests have to find, in percent
 */
export function createConfig({ tests, folders, atLeast }) {
  return {
    plugins: ['@stryker-mutator/*', './test/mutation/ignore-words.mjs'],
    mutate: folders.flatMap((folder) => [
      `${folder}/**/*.ts`,
      `!${folder}/**/__tests__/**`,
      `!${folder}/**/generated-types.ts`
    ]),
    ignorers: ['words'],
    testRunner: 'jest',
    jest: {
      config: {
        testEnvironment: pathOf('stop-at-failure.js'),
        roots: ['<rootDir>/test/mutation', ...folders.map((folder) => `<rootDir>/${folder}`)],
        testMatch: [`**/test/mutation/${tests}`],
        transform: { '^.+\\.ts$': 'ts-jest' },
        // Stryker's own time-out stops tests that hang. This one is long, so that a slow machine does not fail a test.
        testTimeout: 60_000
      },
      enableFindRelatedTests: false
    },
    coverageAnalysis: 'perTest',
    concurrency: 2,
    reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
    htmlReporter: { fileName: 'reports/mutation/index.html' },
    jsonReporter: { fileName: 'reports/mutation/mutation.json' },
    clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
    tempDirName: '.stryker-tmp',
    thresholds: { high: 97, low: atLeast, break: atLeast },
    timeoutMS: 20_000
  }
}
