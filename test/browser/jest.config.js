/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Not `*.test.ts`, because the tests that `npm test` finds need no browser.
  testMatch: ['**/*.browser-test.ts'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  globalSetup: '<rootDir>/require-chromium.ts',
  testTimeout: 30_000
}
