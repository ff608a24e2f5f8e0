// For Stryker only.
/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: require.resolve('./test/mutation/stop-at-failure.js'),
  roots: ['<rootDir>/src/destinations', '<rootDir>/test/mutation'],
  testMatch: ['<rootDir>/test/mutation/destination.ts'],
  transform: { '^.+\\.ts$': 'ts-jest' }
}
