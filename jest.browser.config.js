/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test/browser'],
  // Another name than that of all other tests: those need no browser.
  testMatch: ['**/*.browser-test.ts'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  globalSetup: '<rootDir>/test/browser/require-chromium.ts',
  testTimeout: 30_000
}
