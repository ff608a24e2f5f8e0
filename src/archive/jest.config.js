const config = require('../../jest.config')

/**
 * Runs the tests of archives, which take minutes. `npm test` leaves them out.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  rootDir: '../..',
  roots: ['<rootDir>/src/archive'],
  testPathIgnorePatterns: ['/node_modules/'],
  // The reader of Parquet is an ES module, which Jest cannot load on Node 20.
  transform: {
    ...config.transform,
    '/node_modules/hy.+\\.js$': ['ts-jest', { tsconfig: { allowJs: true, target: 'ES2022' } }]
  },
  transformIgnorePatterns: ['/node_modules/(?!(?:hyparquet|hyparquet-compressors|hysnappy)/)']
}
