import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const ROOT = join(__dirname, '../..')

/** `architecture.md` says that names without a folder are in this one. */
const DESTINATION = 'src/destinations/topsort'

const pages = ['.', 'docs'].flatMap((folder) => readdirSync(join(ROOT, folder)).map((file) => join(folder, file)))

const exists = (path: string): boolean => existsSync(join(ROOT, path))

const isFolder = (path: string): boolean => statSync(join(ROOT, path)).isDirectory()

/** Returns what stands as code in a text, without blocks. */
function listCode(text: string): string[] {
  return [...text.replace(/^```[^]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code]) => code)
}

/**
 * Returns the files and folders that a page names and that do not exist. A name without a folder is in the folder of the
 * destination, or in one that its paragraph has named before: as a path, as a room, or with a file in it.
 */
function listMissing(page: string): string[] {
  return page.split(/\n(?=\n|- |\d+\. )/).flatMap((paragraph) => {
    const folders = ['.', DESTINATION]
    return listCode(paragraph).filter((name) => {
      if (exists(join('src', name))) folders.push(join('src', name))
      if (!/^[\w-][\w./-]*(\/|\.(tsx?|mjs|css|md|json))$|^[a-z]\w*\//.test(name)) return false
      const found = folders.map((folder) => join(folder, name)).find(exists)
      if (found !== undefined) folders.push(isFolder(found) ? found : dirname(found))
      return found === undefined
    })
  })
}

test('docs/architecture.md names only files and folders that exist', () => {
  expect(listMissing(readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8'))).toEqual([])
})

test.each(pages.filter((file) => file.endsWith('.md')))('the paths of the repository in %s exist', (page) => {
  const paths = listCode(readFileSync(join(ROOT, page), 'utf8')).filter((code) =>
    /^(src|docs|test|scripts|bench|examples)\/[\w./-]+$/.test(code)
  )
  expect(paths.filter((path) => !exists(path))).toEqual([])
})

test.each([
  ['a file that is gone', 'Look at `src/core/gone.ts`.'],
  ['a folder that is gone', 'Look at `src/gone`.'],
  ['a name that is in another folder', 'The reader is in `src/core`, beside `registry.ts`.'],
  ['a name in the folder above', 'The checks are in `src/checks/whole`, and the list is `registry.ts`.'],
  ['a name whose folder only another paragraph names', 'See `src/checks`.\n\n- See `registry.ts`.']
])('docs/architecture.md may not name %s', (_, page) => {
  expect(listMissing(page)).toHaveLength(1)
})

test.each([
  ['a name of the destination', 'Look at `facts.ts` and `purchase/amount.ts`.'],
  ['a name in a folder that stands before it', 'In `src/checks`, the list is `registry.ts`.'],
  ['a name in a room that stands before it', '`suggest` learns (`profile.ts`).'],
  ['a name beside a file', 'Look at `src/comparison/rules.ts`, and `differences.ts` beside it.'],
  ['other code', 'Run `npm run docs`, import `@segment/actions-core` or `/types`, and read `ROOMS`.']
])('docs/architecture.md may name %s', (_, page) => {
  expect(listMissing(page)).toEqual([])
})
