// Only Stryker uses this configuration.
/** @type {import('jest').Config} */
module.exports = {
  // Stryker loads this path itself and does not support <rootDir>.
  testEnvironment: require.resolve('./stop-at-failure.js'),
  roots: ['<rootDir>', '<rootDir>/../../src/destinations'],
  testMatch: ['<rootDir>/destination.ts'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  // Stryker has a time-out of its own for what hangs. A slow machine is not a defect that was found.
  testTimeout: 60_000
}
