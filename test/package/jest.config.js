/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Not `*.test.ts`, because the tests that `npm test` finds need no registry.
  testMatch: ['**/*.registry-test.ts'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  testTimeout: 120_000
}
