const { TestEnvironment } = require('jest-environment-node')

/** Skips the rest of a file after its first failure, which kills the mutant. Jest's `bail` only stops between files. */
module.exports = class extends TestEnvironment {
  failed = false

  handleTestEvent({ name, test }) {
    if (name === 'test_done' && test.errors.length > 0) this.failed = true
    if (name === 'test_start' && this.failed) test.mode = 'skip'
  }
}
