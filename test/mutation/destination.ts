/**
 * Runs all tests of the destination in one file, for Stryker. Jest would load the framework again for each file and
 * each mutant, which takes longer than the tests.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
// This import must be first, so that its hooks apply to all files.
import '../../src/destinations/topsort/__tests__/__helpers__/support'

const DESTINATION = join(__dirname, '../../src/destinations/topsort')

const files = readdirSync(DESTINATION, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.test.ts')
)

// The tests of the actions run first, because they find most of the mutants in fields.
describe.each(files.sort().reverse())('%s', (file) => {
  jest.requireActual(join(DESTINATION, file))
})
