/* global afterAll, beforeAll, beforeEach */
const nock = require('nock')

// Segment's repository does the same around the tests of each file. So no test can rely on answers of an earlier test.
beforeAll(() => {
  nock.disableNetConnect()
  nock.enableNetConnect('127.0.0.1')
  if (!nock.isActive()) nock.activate()
})
beforeEach(() => nock.cleanAll())
afterAll(() => {
  nock.restore()
  nock.enableNetConnect()
  nock.cleanAll()
})
