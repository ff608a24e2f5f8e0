const { availableParallelism } = require('node:os')

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Some tests wait for time-outs or other processes, so more workers than cores are faster.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  testTimeout: 30_000
}
