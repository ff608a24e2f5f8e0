// Only Stryker uses this configuration.
/** @type {import('jest').Config} */
module.exports = {
  // Stryker loads this path itself and does not support <rootDir>.
  testEnvironment: require.resolve('./stop-at-failure.js'),
  roots: ['<rootDir>', '<rootDir>/../../src/destinations'],
  testMatch: ['<rootDir>/destination.ts'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  // Stryker's own time-out stops tests that hang. This one is long, so that a slow machine does not fail a test.
  testTimeout: 60_000
}
