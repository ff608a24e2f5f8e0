import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { InputError, SEARCH_KEYS } from '../../core'
import type { Delivery } from '../../pipeline'
import { parseSearch, type Searchable } from '../search'

const base: Delivery = {
  event: { messageId: 'm1', type: 'track', name: 'Product Clicked', userId: 'U-7', anonymousId: 'a1' },
  mapping: 'Click',
  status: 204,
  ok: true,
  stage: 'delivered',
  attempts: 1,
  message: '',
  payload: { opaqueUserId: 'hash-1' },
  sent: { clicks: [{ id: 'm1', entity: { type: 'product', id: 'Vanilla yogurt' } }] }
}
const deliveries: Record<string, Searchable> = {
  click: base,
  order: {
    ...base,
    event: { messageId: 'm2', type: 'track', name: 'Order Completed', userId: 'u-8' },
    mapping: 'Purchase',
    stage: 'failed',
    ok: false,
    payload: undefined,
    sent: undefined,
    message: 'Topsort refused this purchase: bad_request: "none" (https://x)',
    reason: {
      code: 'topsort_refused',
      status: 400,
      errCode: 'no_purchase_items',
      notes: [{ code: 'lines_left_out', of: 3, problems: [{ code: 'line_without_price', lines: [2] }] }]
    }
  },
  filtered: {
    ...base,
    event: { messageId: 'm3', type: 'track', name: 'Cart Viewed' },
    mapping: null,
    stage: 'filtered',
    payload: undefined,
    sent: undefined
  },
  pending: { ...base, event: { messageId: 'm4', type: 'page', name: '' }, stage: 'pending retry', ok: false },
  refused: {
    ...base,
    event: null,
    mapping: null,
    stage: 'failed on ingest',
    ok: false,
    payload: undefined,
    sent: undefined,
    message: 'POST /v1/t was refused.'
  }
}

test('the text of a delivery is made once for all terms', () => {
  let times = 0
  const payload = { toJSON: () => (times += 1) }
  parseSearch(Array<string>(50).fill('e').join(' '))({ ...base, payload })
  expect(times).toBe(1)
})

test('a search with more than 50 terms is refused', () => {
  expect(() => parseSearch(Array<string>(51).fill('e').join(' '))).toThrow(
    new InputError('A search has at most 50 terms, and this one has 51. Put words in quotes.')
  )
})

const find = (query: string) => {
  const matches = parseSearch(query)
  return Object.keys(deliveries).filter((name) => matches(deliveries[name]))
}

const ALL = Object.keys(deliveries)

test.each<[string, string[]]>([
  ['', ALL],
  ['   ', ALL],
  ['YOGURT', ['click', 'pending']],
  ['"vanilla yogurt"', ['click', 'pending']],
  ['vanilla yogurt', ['click', 'pending']],
  ['"yogurt vanilla"', []],
  ['/v1/t', ['refused']],
  ['event:"Order Completed"', ['order']],
  ['event:"order completed', ['order']],
  ['event:Order', []],
  ['mapping:click', ['click', 'pending']],
  ['id:m2', ['order']],
  ['user:u-7', ['click']],
  ['user:a1', ['click']],
  ['user:hash-1', ['click', 'pending']],
  ['is:delivered', ['click']],
  ['is:failed', ['order', 'refused']],
  ['is:ingest', ['refused']],
  ['is:filtered', ['filtered']],
  ['is:pending', ['pending']],
  ['code:no_purchase_items', ['order']],
  ['code:NO_PURCHASE_ITEMS', ['order']],
  ['code:topsort_refused', ['order']],
  ['code:lines_left_out', ['order']],
  ['code:line_without_price', ['order']],
  ['-code:line_without_price is:failed', ['refused']],
  ['code:topsort', []],
  ['code:bad_request', []],
  ['code:invalid_api_key', []],
  ['-is:delivered', ['order', 'filtered', 'pending', 'refused']],
  ['-yogurt -is:filtered', ['order', 'refused']],
  ['is:failed -event:"Order Completed"', ['refused']],
  ['"https://x"', ['order']]
])('%j finds %j', (query, found) => {
  expect(find(query)).toEqual(found)
})

test.each([
  [
    'evnt:x',
    'There is no search field "evnt". The fields are: is, has, event, user, product, order, bid, finding, code, mapping, id, since, until. Put a word with a colon in quotes.'
  ],
  [
    'constructor:x',
    'There is no search field "constructor". The fields are: is, has, event, user, product, order, bid, finding, code, mapping, id, since, until. Put a word with a colon in quotes.'
  ],
  [
    'is:broken',
    'There is no "is:broken". The values are: delivered, partial, failed, pending, filtered, ingest, received, sponsored, organic, offsite, credited, uncredited.'
  ],
  ['has:money', 'There is no "has:money". The values are: finding, message, value.'],
  ['since:yesterday', '"yesterday" in since: is not a time. Write 10m, 2h, 14:05, 2026-11-28 or 2026-11-28T14:05:00Z.'],
  ['until:25:00', '"25:00" in until: is not a time. Write 10m, 2h, 14:05, 2026-11-28 or 2026-11-28T14:05:00Z.'],
  [
    'is:constructor',
    'There is no "is:constructor". The values are: delivered, partial, failed, pending, filtered, ingest, received, sponsored, organic, offsite, credited, uncredited.'
  ]
])('the invalid search %s is answered with the possible values', (query, message) => {
  expect(() => parseSearch(query)).toThrow(new InputError(message))
})

const view: Searchable = {
  ...base,
  receivedAt: '2026-11-28T12:00:00.000Z',
  sent: { impressions: [{ id: 'm9-0', resolvedBidId: 'Bid-1', entity: { type: 'product', id: 'p_9' } }] },
  call: { properties: { products: [{ product_id: 'p_9', name: 'Sour cream' }], secret: 'unsearched' } },
  findings: ['double-view']
}
const order: Searchable = {
  ...base,
  receivedAt: '2026-11-28T12:30:00.000Z',
  reason: { code: 'lines_left_out', of: 2, problems: [] },
  message: 'Left out of this order: line 2 has no price.',
  sent: {
    purchases: [
      {
        id: 'o-1',
        items: [
          { productId: 'p_7', unitPrice: 2 },
          { productId: 'p_8', unitPrice: 1 }
        ]
      }
    ]
  },
  call: { properties: { order_id: 1001 } },
  readValue: () => ({ amount: 3, order: '1001', credited: 2, why: 'organic' })
}

test.each([
  ['product:p_9', [view]],
  ['product:P_8', [order]],
  ['bid:bid-1', [view]],
  ['order:o-1', [order]],
  ['order:1001', [order]],
  ['sour', [view]],
  ['unsearched', []],
  ['is:sponsored', [view]],
  ['is:organic', []],
  ['is:partial', [order]],
  ['is:credited', [order]],
  ['is:uncredited', [order]],
  ['has:value', [order]],
  ['has:finding', [view]],
  ['has:message', [order]],
  ['since:2026-11-28T12:15:00Z', [order]],
  ['until:2026-11-28T12:15:00Z', [view]],
  ['since:45m', [order]],
  ['since:2h', [view, order]],
  ['-since:2h', []]
])('%s finds events by what they are about', (query, found) => {
  const matches = parseSearch(query, () => Date.parse('2026-11-28T13:00:00Z'))
  expect([view, order].filter(matches)).toEqual(found)
})

test('docs/workbench.md explains each key of the search', () => {
  const page = readFileSync(join(__dirname, '../../../docs/workbench.md'), 'utf8')
  expect(Object.keys(SEARCH_KEYS).filter((key) => !page.includes(`\`${key}:`))).toEqual([])
})

test('any text is a valid search, or causes a message with the possible values', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('-', ':', '"', ' ', 'is', 'a') })), (query) => {
      try {
        find(query)
      } catch (error) {
        expect(error).toBeInstanceOf(InputError)
      }
    })
  )
})

test('a negated word and the word never match the same delivery', () => {
  const word = fc.stringMatching(/^[a-z0-9]+$/)
  fc.assert(
    fc.property(word, (text) => {
      expect([...find(text), ...find(`-${text}`)].sort()).toEqual([...ALL].sort())
    })
  )
})
