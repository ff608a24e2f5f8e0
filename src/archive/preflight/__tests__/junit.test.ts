import { listChecks } from '../../../checks'
import { compareReports } from '../compare-reports'
import { writeJunit } from '../junit'
import { daysOf, findingWith, reportOfDays } from './reports'

const HOSTILE = '"/><failure/>]]>&lt;&#0;<!--\u0000\u001b[31m\ud800\uffff\n\'x'

/** Returns the names of the test cases that have failed. */
function failedIn(xml: string): string[] {
  return [...xml.matchAll(/<testcase classname="[^"]*" name="([^"]*)">\s*<failure /g)].map(([, name]) => name)
}

/** Checks that each element is closed in its order. Texts have no `<`, because they are escaped. */
function expectBalanced(xml: string): void {
  const open: string[] = []
  for (const [, end, name, , self] of xml.matchAll(/<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g)) {
    if (end) expect(open.pop()).toBe(name)
    else if (!self) open.push(name)
  }
  expect(open).toEqual([])
  expect(xml.replace(/^<\?xml [^?]*\?>|<\/?[a-z-]+(?: [a-z]+="[^"<]*")*\/?>/g, '')).not.toMatch(/[<>]/)
}

test('the JUnit report has a test case for each check and for each other point', () => {
  const xml = writeJunit(reportOfDays(daysOf(1)))
  for (const { code } of listChecks())
    expect(xml).toContain(`<testcase classname="preflight.findings" name="${code}"/>`)
  for (const point of ['no events', 'nothing arrives', 'revenue', 'attribution', 'unreadable']) {
    expect(xml).toContain(`<testcase classname="preflight.points" name="${point}"/>`)
  }
  expect(xml).toContain(`tests="${listChecks().length + 5}" failures="0"`)
  expectBalanced(xml)
})

test('a test case has failed if its finding loses something, with the sentence, the cost and the samples', () => {
  const cost = { amount: 12.5, currency: 'USD', of: 'uncredited' } as const
  const samples = [{ messageId: 'm_1', user: 'u_1', place: 'a.gz:7' }]
  const xml = writeJunit(
    reportOfDays(daysOf(1), [
      findingWith({ cost, samples }),
      findingWith({ code: 'no-vendor', severity: 'worth a look' })
    ])
  )
  expect(failedIn(xml)).toEqual(['stale-bid'])
  expect(xml).toContain(
    '<failure type="loses money" message="A bid is too old: 100 cases. Orders worth 12.50 USD are not credited.">'
  )
  expect(xml).toContain('messageId: m_1, user: u_1, place: a.gz:7')
  expect(xml).toMatch(/name="no-vendor">\s*<system-out>/)
})

test('a test case has failed if nothing arrives', () => {
  expect(failedIn(writeJunit(reportOfDays(daysOf(1, { impressions: 0, clicks: 0, purchases: 0 }))))).toEqual([
    'nothing arrives'
  ])
})

test('with a baseline, only the test cases of what is new or worse have failed, and the shares have theirs', () => {
  const known = findingWith({ code: 'double-click', count: 700 })
  const report = reportOfDays(daysOf(1, { sponsoredClicks: 20 }), [findingWith({}), { ...known, count: 100 }])
  const changesSince = compareReports(report, reportOfDays(daysOf(7), [known]))
  const xml = writeJunit({ ...report, changesSince })
  expect(failedIn(xml)).toEqual(['stale-bid', 'clicks-with-bid'])
  expect(xml).toContain(`tests="${listChecks().length + 9}" failures="2"`)
  expect(xml).toMatch(/name="double-click">\s*<system-out>/)
  expectBalanced(xml)
})

test('the test case for events has failed if there are none since the baseline', () => {
  const report = reportOfDays([])
  const changesSince = compareReports(report, reportOfDays(daysOf(7)))
  expect(failedIn(writeJunit({ ...report, changesSince }))).toEqual(['no events'])
})

test('values of events cannot change the structure of the JUnit report', () => {
  const hostile = findingWith({
    code: HOSTILE,
    title: HOSTILE,
    sentence: HOSTILE,
    samples: [{ messageId: HOSTILE, user: HOSTILE, place: HOSTILE }]
  })
  const xml = writeJunit(reportOfDays(daysOf(1), [hostile]))
  expectBalanced(xml)
  expect(failedIn(xml)).toHaveLength(1)
  // eslint-disable-next-line no-control-regex -- XML has none of these characters.
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800\uffff]/)
})
