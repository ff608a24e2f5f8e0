// For Stryker only.
/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/stop-at-failure.js',
  roots: ['<rootDir>', '<rootDir>/../../src/destinations'],
  testMatch: ['<rootDir>/destination.ts'],
  transform: { '^.+\\.ts$': 'ts-jest' }
}
