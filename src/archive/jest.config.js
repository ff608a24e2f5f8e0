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
  testPathIgnorePatterns: ['/node_modules/']
}
