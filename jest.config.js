const { availableParallelism } = require('node:os')

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Some tests wait for time-outs or other processes, so more workers than cores are faster.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // `npm run test:archive` runs these.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/src/archive/'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  // A busy machine is not a defect.
  testTimeout: 120_000,
  collectCoverageFrom: ['src/destinations/topsort/**/*.ts', '!**/generated-types.ts', '!**/__tests__/**']
}
