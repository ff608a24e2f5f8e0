// For Stryker only.
/** @type {import('jest').Config} */
module.exports = {
  // Stryker loads it by this path itself, and does not know <rootDir>.
  testEnvironment: require.resolve('./stop-at-failure.js'),
  roots: ['<rootDir>', '<rootDir>/../../src/destinations'],
  testMatch: ['<rootDir>/destination.ts'],
  transform: { '^.+\\.ts$': 'ts-jest' }
}
