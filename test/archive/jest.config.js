/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Some tests wait for time-outs or other processes, so more workers than cores are faster.
  maxWorkers: '150%',
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  testTimeout: 30_000
}
