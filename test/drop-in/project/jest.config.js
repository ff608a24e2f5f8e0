// The same as in `package.json` of Segment's repository, except for `no-network.js` and the format of the coverage.
/** @type {import('@jest/types').Config.InitialOptions} */
module.exports = {
  preset: 'ts-jest',
  globals: { 'ts-jest': { isolatedModules: true } },
  testEnvironment: 'node',
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '__tests__/__helpers__/'],
  setupFiles: ['<rootDir>/no-network.js'],
  setupFilesAfterEnv: ['<rootDir>/nock-for-each-test.js'],
  coverageReporters: ['text-summary']
}
