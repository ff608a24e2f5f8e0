import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { findBrokenLinks } from './find-broken-links'

const ROOT = join(__dirname, '../..')

/** Lists the files of a folder whose names match, with their paths from the root. */
function list(folder: string, pattern: RegExp, recursive = false): string[] {
  return readdirSync(join(ROOT, folder), { recursive, encoding: 'utf8' })
    .filter((file) => pattern.test(file))
    .map((file) => join(folder, file))
}

function read(file: string): string | undefined {
  const path = join(ROOT, file)
  if (!path.startsWith(ROOT) || !existsSync(path)) return undefined
  return file.endsWith('.md') ? readFileSync(path, 'utf8') : ''
}

const pages = [...list('.', /\.md$/), ...list('docs', /\.md$/)]

test.each(pages)('the links in %s lead to files and headings that exist', (page) => {
  const open = (target: string) => read(relative(ROOT, join(ROOT, dirname(page), target)))
  expect(findBrokenLinks(read(page)!, open)).toEqual([])
})

test('the code names only pages and headings of docs that exist', () => {
  const files = ['src', 'scripts', 'examples'].flatMap((folder) => list(folder, /\.(tsx?|mjs|yaml)$/, true))
  const broken = files.flatMap((file) => {
    const named = readFileSync(join(ROOT, file), 'utf8').match(/docs\/[\w-]+\.md(#[\w-]+)?/g) ?? []
    const problems = findBrokenLinks(named.map((link) => `[](${link})`).join('\n'), read)
    return problems.map((link) => `${file}: ${link}`)
  })
  expect(broken).toEqual([])
})

describe('a broken link is found', () => {
  const files = new Map([
    ['guide.md', '# A guide\n\n## Lists, and more\n\n## Twice\n\n## Twice\n\n## `code` & _words_\n']
  ])
  const find = (page: string) => findBrokenLinks(page, (file) => files.get(file))

  test.each([
    '[a](missing.md)',
    '[a](missing.md#top)',
    '[a](guide.md#lists)',
    '[a](#here)',
    '![a](missing.png)',
    '[a](guide.md#twice-2)',
    '[a]: missing.md'
  ])('a broken link is found: %s', (page) => {
    expect(find(page)).toHaveLength(1)
  })

  test.each([
    '[a](guide.md)',
    '[a](guide.md#lists-and-more)',
    '[a](guide.md#twice-1)',
    '[a](guide.md#code--words)',
    '[a](https://example.com/x#y)',
    '[a](mailto:somebody@example.com)',
    '[a](/docs/connections/spec/track/)',
    '## Here\n\n[a](#here)',
    '`[a](missing.md)`',
    '```sh\n[a](missing.md)\n```'
  ])('no broken link is found in %j', (page) => {
    expect(find(page)).toEqual([])
  })
})
