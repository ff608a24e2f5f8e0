const { maxWorkers } = require('../../jest.config')

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  maxWorkers,
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  testTimeout: 30_000
}
