/**
 * All tests of the destination as one file, for Stryker: to load the framework takes longer than to run them, and Jest
 * loads it anew for each file, for each mutant.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
// First, so that its hooks are those of all files.
import '../../src/destinations/topsort/__tests__/__helpers__/support'

const DESTINATION = join(__dirname, '../../src/destinations/topsort')

const files = readdirSync(DESTINATION, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.test.ts')
)

// The tests of the actions first, which find most of what is wrong with the data that fields are.
describe.each(files.sort().reverse())('%s', (file) => {
  jest.requireActual(join(DESTINATION, file))
})
