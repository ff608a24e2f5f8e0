import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SEVERITIES } from '../severities'
import { registry, wholeRegistry } from '../registry'
import { triggerLosesMeaning } from '../trigger-loses-meaning'

const checks = [...registry, ...wholeRegistry, triggerLosesMeaning]

test('docs/findings.md has exactly one heading for each code', () => {
  const page = readFileSync(join(__dirname, '../../../docs/findings.md'), 'utf8')
  const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading)
  expect(headings.sort()).toEqual(checks.map(({ code }) => code).sort())
})

test('each check has a unique code and texts that are sentences', () => {
  expect(new Set(checks.map(({ code }) => code)).size).toBe(checks.length)
  for (const { code, severity, title, why, cure } of checks) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)+$/)
    expect(Object.keys(SEVERITIES)).toContain(severity)
    expect(title).toMatch(/^[A-Z].*[^.]$/)
    expect(why).toMatch(/^[A-Za-z].*\.$/)
    expect(cure).toMatch(/^[A-Z].*\.$/)
  }
})
