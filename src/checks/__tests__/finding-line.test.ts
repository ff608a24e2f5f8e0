import { findingLine } from '..'
import { clicked, findingsOf } from './shop'

const twoClicks = (user: string) =>
  findingsOf(
    ['Product Clicked', 'Product Added'].map((name) =>
      clicked({ id: name, name, anonymousId: user, properties: { resolvedBidId: 'bid' } })
    )
  )[0]

test('the line says what happened, to which event, and what to do', () => {
  expect(findingLine(twoClicks('anna'))).toBe(
    'loses money: One tap on an ad was reported as two clicks (double-click, once; newest: event Product Clicked, and event Product Added, user anna, product yogurt, bid bid). Map only one of the two Segment events to a click. Switch off the mapping of the other, or change its trigger. See docs/findings.md#double-click.'
  )
  expect(findingLine({ ...twoClicks('anna'), count: 12_000 })).toContain('(double-click, 12,000 times; newest: ')
})

test('an id cannot control the terminal or make the line long', () => {
  const line = findingLine(twoClicks(`\u001b[31mred\r\n\u202eevil${'x'.repeat(500)}`))
  expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(line.length).toBeLessThan(600)
})
