const { availableParallelism } = require('node:os')

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // `npm test` does not find these files, because it must not need a browser.
  testMatch: ['**/*.browser-test.ts'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  globalSetup: '<rootDir>/require-chromium.ts',
  // Jest itself leaves one core out.
  maxWorkers: availableParallelism(),
  testTimeout: 120_000
}
