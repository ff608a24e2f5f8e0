import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { preProcessFile } from 'typescript'

/** The packages that a destination and its tests may import in Segment's repository. */
const SOURCES_IMPORT = ['@segment/actions-core']
const TESTS_IMPORT = [...SOURCES_IMPORT, '@segment/ajv-human-errors', 'nock']

/**
 * Finds imports that would fail or be rejected in Segment's repository: other packages, files outside the folder, and
 * tests that are imported by sources. Returns one line for each.
 */
export function findStrayImports(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .flatMap((file) =>
      readImports(readFileSync(join(folder, file), 'utf8'))
        .filter((imported) => !isAllowed(imported, file))
        .map((imported) => `${file} imports ${imported}`)
    )
}

function readImports(source: string): string[] {
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
