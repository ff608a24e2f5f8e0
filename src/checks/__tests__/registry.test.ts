import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SEVERITIES } from '../finding'
import { registry } from '../registry'

const ROOM = join(__dirname, '..')

test('docs/findings.md has exactly one heading for each code', () => {
  const page = readFileSync(join(ROOM, '../../docs/findings.md'), 'utf8')
  const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading)
  expect(headings.sort()).toEqual(registry.map(({ code }) => code).sort())
})

test('each check has a unique code and texts that are sentences', () => {
  expect(new Set(registry.map(({ code }) => code)).size).toBe(registry.length)
  for (const { code, severity, title, why, cure } of registry) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)+$/)
    expect(SEVERITIES).toContain(severity)
    expect(title).toMatch(/^[A-Z].*[^.]$/)
    expect(why).toMatch(/^[A-Za-z].*\.$/)
    expect(cure).toMatch(/^[A-Z].*\.$/)
  }
})

test('the folder imports only types of pipeline and sandbox, and bounded memory', () => {
  const files = readdirSync(ROOM, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.includes('__tests__')
  )
  const outside = files.flatMap((file) =>
    [...readFileSync(join(ROOM, file), 'utf8').matchAll(/^(import type|import|export)\b[^']*'(.+)'$/gm)]
      .filter(([, , source]) => !join('/room', file, '..', source).startsWith('/room'))
      .map(([, statement, source]) => `${file}: ${statement} ${source}`)
  )
  expect(outside.filter((line) => !line.endsWith('../bounded')).sort()).toEqual([
    'observation.ts: import type ../pipeline',
    'observation.ts: import type ../sandbox'
  ])
})
