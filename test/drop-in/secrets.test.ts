import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findSecrets } from '../../scripts/drop-in-secrets'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function findSecretsOf(source: string): string[] {
  writeFileSync(join(folder, 'index.ts'), source)
  return findSecrets(folder)
}

test.each([`const KEY = 'q8x2Kv0vNn4rTe7w'`, `{ api_key: "q8x2Kv0vNn4rTe7w" }`, `token => 'q8x2Kv0vNn4rTe7w'`])(
  'reports random text that is assigned to the name of a secret: %s',
  (source) => {
    expect(findSecretsOf(source)).toEqual(['index.ts has a text that looks like a key: q8x2Kv0vNn4rTe7w'])
  }
)

test.each([`const KEY = 'TSE_tests_only'`, `const KEY = 'q8x2'`, `const id = 'q8x2Kv0vNn4rTe7w'`])(
  'accepts text that is not random, is short or has another name: %s',
  (source) => {
    expect(findSecretsOf(source)).toEqual([])
  }
)
