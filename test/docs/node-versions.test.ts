import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { engines } from '../../package.json'

/** The versions in `engines`, as the documents write them. */
const SUPPORTED = engines.node
  .split(' || ')
  .map((range) => range.replace(/^\^(\d+)\.(\d+)\.0$/, '$1 from $1.$2').replace(/^>=(\d+)$/, 'or $1 and newer'))
  .join(', ')

test.each(['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md'])('%s says which versions of Node are supported', (file) => {
  expect(readFileSync(join(__dirname, '../..', file), 'utf8')).toContain(`Node ${SUPPORTED}`)
})
