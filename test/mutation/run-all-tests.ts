import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Runs all tests of some folders in one file, for Stryker. Jest would load the framework again for each file and each
 * mutant, which takes longer than the tests.
 *
 * @param folders their paths from the root of the project
 */
export function runAllTests(...folders: string[]): void {
  const files = folders.flatMap((folder) => {
    const path = join(__dirname, '../..', folder)
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => join(path, file))
  })
  // The tests of the actions run first, because they find most of the mutants in fields.
  describe.each(files.sort().reverse())('%s', (file) => {
    jest.requireActual(file)
  })
}
