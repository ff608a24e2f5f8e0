import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { preProcessFile } from 'typescript'

/** What Segment's repository has for a destination, and what it has for the tests of one besides. */
const SOURCES_IMPORT = ['@segment/actions-core']
const TESTS_IMPORT = [...SOURCES_IMPORT, '@segment/ajv-human-errors', 'nock']

/**
 * The imports in a destination's folder that would not be there, or not be wanted, in Segment's repository, a line for
 * each: of other packages, of files outside of the folder, and of tests by what is no test.
 */
export function strayImports(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .flatMap((file) =>
      importsOf(readFileSync(join(folder, file), 'utf8'))
        .filter((imported) => !isAllowed(imported, file))
        .map((imported) => `${file} imports ${imported}`)
    )
}

function importsOf(source: string): string[] {
  const { importedFiles, referencedFiles, typeReferenceDirectives } = preProcessFile(source, true, true)
  return [...importedFiles, ...referencedFiles, ...typeReferenceDirectives].map(({ fileName }) => fileName)
}

function isAllowed(imported: string, file: string): boolean {
  if (!imported.startsWith('.')) return (isTest(file) ? TESTS_IMPORT : SOURCES_IMPORT).includes(imported)
  const target = join(dirname(file), imported)
  return !target.startsWith('..') && (isTest(file) || !isTest(target))
}

function isTest(file: string): boolean {
  return file.split(sep).includes('__tests__')
}
