import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SECTIONS } from '../../scripts/docs/finding-explanations'
import { DOCUMENTED_CHECKS, markCode, replaceFindings } from '../../scripts/docs/findings-page'
import { replacePart } from '../../scripts/docs/generated-part'

const PAGE = readFileSync(join(__dirname, '../../docs/findings.md'), 'utf8')

/** The codes in the order of the page. */
const codes = SECTIONS.flatMap(({ explanations }) => Object.keys(explanations))

const generated = replaceFindings(PAGE)

function readSection(code: string): string {
  return generated.split(`\n### ${code}\n`)[1].split(/^##/m)[0]
}

test('each check has one explanation, and each explanation has a check', () => {
  expect([...codes].sort()).toEqual(DOCUMENTED_CHECKS.map(({ code }) => code).sort())
})

test('the table of docs/findings.md has each finding once, in the order of the sections', () => {
  const rows = [...generated.matchAll(/^\| \[([a-z-]+)\]\(#([a-z-]+)\) \|/gm)]
  expect(rows.map(([, code]) => code)).toEqual(codes)
  expect(rows.map(([, , anchor]) => anchor)).toEqual(codes)
  expect([...generated.matchAll(/^### (.+)$/gm)].map(([, code]) => code)).toEqual(codes)
})

test.each([
  [
    'one cost',
    '| [wrong-seller](#wrong-seller) | `worth a look` | A product was ordered from another vendor than the one of the clicked ad | are not credited |'
  ],
  [
    'two costs',
    '| [broken-since](#broken-since) | `loses money` | Since one day, a share of the events is missing or fails | are not credited, or are not reported |'
  ],
  ['no cost', '| [no-user-id](#no-user-id) | `loses data` | An event has no user id |  |']
])('the table of docs/findings.md says what the cost of a finding with %s means', (_, row) => {
  expect(generated.split('\n')).toContain(row)
})

test('the section of a finding has the texts of its check and of its explanation', () => {
  for (const { code, severity, title, why, cure } of DOCUMENTED_CHECKS) {
    const section = readSection(code)
    expect(section).toContain(`\`${severity}\`: ${title}.`)
    for (const text of [why, cure]) expect(section).toContain(markCode(text))
  }
  for (const { explanations } of SECTIONS) {
    for (const [code, texts] of Object.entries(explanations)) {
      for (const text of Object.values(texts)) expect(readSection(code)).toContain(text)
    }
  }
})

test('a good finding is no mistake', () => {
  expect(readSection('repeat-counted-once')).toMatch(
    /\*\*The event\.\*\* .+\n\n\*\*Why it is good\.\*\* .+\n\n\*\*What to do\.\*\* /
  )
})

test.each([
  ['Send product_id. Positions count from 1.', 'Send `product_id`. Positions count from 1.'],
  ['Send opaqueUserId, also from iOS.', 'Send `opaqueUserId`, also from iOS.'],
  ['It calls analytics.reset() once.', 'It calls `analytics.reset()` once.'],
  ['Set window.TS.getUserId.', 'Set `window.TS.getUserId`.'],
  ['Use properties.total > 0.', 'Use `properties.total > 0`.'],
  ['It has "isFallback": true.', 'It has `"isFallback": true`.'],
  ['An object such as {"0": {…}, "2": {…}}.', 'An object such as `{"0": {…}, "2": {…}}`.'],
  ['Send 2026-01-31T12:00:00Z or +02:00.', 'Send `2026-01-31T12:00:00Z` or `+02:00`.'],
  ['1729382256910270001 is above 9,007,199.', '`1729382256910270001` is above 9,007,199.'],
  ['Send entity. Each entity counts.', 'Send `entity`. Each `entity` counts.']
])('code words of a check are written as code: %s', (plain, marked) => {
  expect(markCode(plain)).toBe(marked)
})

test('what is written by hand around a generated part stays', () => {
  const [start, end] = ['<!-- Written by `npm run docs` from a table. -->', '<!-- The end of the rows. -->']
  expect(replacePart(`before ${start} old ${end} after`, 'a table', 'rows', 'new')).toBe(
    `before ${start}\n\nnew\n\n${end} after`
  )
  expect(() => replacePart(`before ${start} old`, 'a table', 'rows', 'new')).toThrow('The page lacks the markers')
})
