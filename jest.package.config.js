/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test/package'],
  // Another name than that of all other tests: those need no registry.
  testMatch: ['**/*.registry-test.ts'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  testTimeout: 120_000
}
