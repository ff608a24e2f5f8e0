/**
 * All tests of the destination in one file, for Stryker. Jest loads the framework again for each file of each mutant, and
 * that takes longer than the tests.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
// Comes first, so that its hooks apply to all files.
import '../../src/destinations/topsort/__tests__/__helpers__/support'

const DESTINATION = join(__dirname, '../../src/destinations/topsort')

const files = readdirSync(DESTINATION, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.test.ts')
)

// The tests of the actions come first. They find most of the mutants in fields.
describe.each(files.sort().reverse())('%s', (file) => {
  jest.requireActual(join(DESTINATION, file))
})
