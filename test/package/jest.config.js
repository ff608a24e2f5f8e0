/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // `npm test` does not find these files, because it must not need the npm registry.
  testMatch: ['**/*.registry-test.ts'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  globalSetup: '<rootDir>/../browser/require-chromium.ts',
  testTimeout: 120_000
}
