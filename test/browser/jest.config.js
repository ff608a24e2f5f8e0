/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // `npm test` does not find these files, because it must not need a browser.
  testMatch: ['**/*.browser-test.ts'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  globalSetup: '<rootDir>/require-chromium.ts',
  testTimeout: 30_000
}
