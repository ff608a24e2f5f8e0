import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findStrayImports } from '../../scripts/drop-in-imports'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'imports-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function findStrayImportsOf(file: string, source: string): string[] {
  mkdirSync(join(folder, dirname(file)), { recursive: true })
  writeFileSync(join(folder, file), source)
  return findStrayImports(folder)
}

test.each([
  ['index.ts', `import { omit } from '@segment/actions-core'`],
  ['click/index.ts', `import type { Settings } from '../generated-types'`],
  ['__tests__/index.test.ts', `import nock from 'nock'`],
  ['__tests__/index.test.ts', `import { AggregateAjvError } from '@segment/ajv-human-errors'`],
  ['click/__tests__/index.test.ts', `import { event } from '../../__tests__/__helpers__/support'`]
])('accepts in %s: %s', (file, source) => {
  expect(findStrayImportsOf(file, source)).toEqual([])
})

test.each([
  ['index.ts', `import { createHash } from 'node:crypto'`, 'node:crypto'],
  ['index.ts', `import type { Hash } from 'crypto'`, 'crypto'],
  ['index.ts', `export * from 'lodash'`, 'lodash'],
  ['index.ts', `const lodash = await import('lodash')`, 'lodash'],
  ['index.ts', `let hash: import('crypto').Hash`, 'crypto'],
  ['index.ts', `import lodash = require('lodash')`, 'lodash'],
  ['index.ts', `const lodash = require('lodash')`, 'lodash'],
  ['index.ts', `/// <reference types="node" />`, 'node'],
  ['index.ts', `import nock from 'nock'`, 'nock'],
  ['index.ts', `import { omit } from '@segment/actions-core/omit'`, '@segment/actions-core/omit'],
  ['index.ts', `import { event } from './__tests__/__helpers__/support'`, './__tests__/__helpers__/support'],
  ['click/index.ts', `import { createSandbox } from '../../sandbox'`, '../../sandbox'],
  ['__tests__/index.test.ts', `import * as fc from 'fast-check'`, 'fast-check']
])('reports in %s: %s', (file, source, imported) => {
  expect(findStrayImportsOf(file, source)).toEqual([`${file} imports ${imported}`])
})
