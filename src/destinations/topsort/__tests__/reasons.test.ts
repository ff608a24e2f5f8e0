import { PayloadValidationError } from '@segment/actions-core'
import type { LineProblem, Reason, ReasonCode } from '../reasons'
import { groupByReason, InvalidEvent, toSentence } from '../reasons'

const KEY_REMEDY = 'Use the Marketplace API Key from Settings > API Integration in the Topsort Manager Platform.'
const SUPPORT = "If it goes on, send this message to Topsort's support."
const RETRY = 'Segment tries again for about four hours.'
const MAP_IT = 'Send it, or map the field to a property that is never empty.'
const LEAVE_OUT = 'Send text or a number, or leave it out.'
const SEND = 'Send text or a number.'
const ABOUT_NOTHING =
  "This impression is about nothing. Send the resolvedBidId of the auction's winner, or a product_id or an entity for an organic impression."

/** For each code, its parts and the sentence about a click. */
type Examples = { [Code in ReasonCode]: [parts: Omit<Reason<Code>, 'code'>, sentence: string] }

const EXAMPLES: Examples = {
  about_nothing: [
    {},
    "This click is about nothing. Send the resolvedBidId of the auction's winner, or a product_id or an entity for an organic click."
  ],
  bid_unreadable: [{ value: 'true' }, `Invalid resolvedBidId in this click: true. ${LEAVE_OUT}`],
  bid_encoded_or_cut: [
    { value: '"a%3D"' },
    'The resolvedBidId of this click was encoded or cut on its way: "a%3D". Send it exactly as the auction returned it.'
  ],
  product_id_invalid: [{ value: 'true' }, `Invalid product_id in this click: true. ${SEND}`],
  product_id_meaningless: [
    { value: '"undefined"' },
    'The product_id of this click is "undefined", which identifies nothing. Send an id.'
  ],

  id_missing: [{}, `Missing id in this click. ${MAP_IT}`],
  id_invalid: [{ value: '{}' }, `Invalid id in this click: {}. ${SEND}`],
  id_meaningless: [{ value: '"null"' }, 'The id of this click is "null", which identifies nothing. Send an id.'],
  user_id_missing: [{}, `Missing opaqueUserId in this click. ${MAP_IT}`],
  user_id_invalid: [{ value: '"true"' }, `Invalid opaqueUserId in this click: "true". ${SEND}`],
  user_id_meaningless: [
    { value: '"0"' },
    'No user id in this click: opaqueUserId is "0", which identifies nobody. Send the anonymous id of the user, also for guests.'
  ],
  time_missing: [{}, `Missing occurredAt in this click. ${MAP_IT}`],
  time_invalid: [
    { value: '"yesterday"' },
    'Invalid occurredAt in this click: "yesterday". Send ISO 8601, such as 2026-01-31T12:00:00Z, or the seconds or milliseconds since 1970.'
  ],
  page_id_missing: [{}, `Missing page.pageId in this click. ${MAP_IT}`],

  products_missing: [{}, `Missing products in this click. ${MAP_IT}`],
  products_unusable: [
    { count: 2, of: 2, problems: [{ code: 'about_nothing', products: [1, 2] }] },
    `No product of this list can be reported. Product 1, Product 2: ${ABOUT_NOTHING}`
  ],
  products_left_out: [
    {
      count: 3,
      of: 4,
      problems: [
        { code: 'about_nothing', products: [1, 4] },
        { code: 'bid_unreadable', value: 'true', products: [2] }
      ]
    },
    `Left out of this list: 3 of 4 products. Product 1, Product 4: ${ABOUT_NOTHING} Product 2: Invalid resolvedBidId in this impression: true. ${LEAVE_OUT}`
  ],

  items_missing: [{}, `Missing items in this click. ${MAP_IT}`],
  order_without_prices: [
    {},
    'No line of this order has a price. Send it as price, or map Unit Price or Line Total of the field Items to the property that has it.'
  ],
  order_unpriced: [
    { of: 2, problems: [{ code: 'line_without_price', lines: [1, 2] }] },
    'No line of this order has a price above 0: 2 of 2 lines have no price (1, 2).'
  ],
  lines_unusable: [
    { of: 2, problems: [{ code: 'line_without_product_id', lines: [1, 2] }] },
    'No line of this order can be reported: 2 of 2 lines have no product id (1, 2).'
  ],
  lines_left_out: [
    {
      of: 3,
      problems: [
        { code: 'line_without_price', lines: [1] },
        { code: 'line_quantity_invalid', lines: [3], values: ['"two"'] }
      ]
    },
    'Left out of this order: line 1 has no price; line 3 has an invalid quantity: "two".'
  ],

  click_type_unknown: [
    { value: '"image"' },
    'Left out: the click type "image". Topsort accepts product, like and add-to-cart.'
  ],
  attribution_type_unknown: [
    { value: '"brand"' },
    'Left out: the additional attribution of the type "brand". Topsort accepts product and vendor.'
  ],

  link_id_missing: [{ fields: ['from', 'to'] }, 'No users are linked: from and to are empty.'],
  link_id_invalid: [{ field: 'to', value: '"true"' }, `Invalid to in this click: "true". ${SEND}`],
  link_ids_equal: [
    { value: '"u"' },
    'Both ids of this link are "u". Map from to the id before the login, and to to the id after it.'
  ],
  link_id_too_long: [
    { field: 'from', length: 65, limit: 64 },
    'The id in from of this link has 65 characters, and Topsort takes 64 at most. Send a shorter id, and the same one with events and auctions.'
  ],

  key_malformed: [
    { hasKeyPrefix: true },
    `The API key is empty or contains characters that are not allowed. ${KEY_REMEDY}`
  ],
  key_rejected: [
    { status: 401, errCode: 'invalid_api_key', said: 'invalid_api_key: no such key', hasKeyPrefix: false },
    `Topsort did not accept the API key (401 invalid_api_key). ${KEY_REMEDY} A Marketplace API Key starts with TSE_.`
  ],
  firewall_refused: [
    { status: 403, said: 'Blocked.' },
    `Something other than Topsort's API refused this click (403 Blocked), such as a firewall in front of it. ${SUPPORT}`
  ],
  feature_off: [
    { status: 404, said: 'Not Found', feature: 'Linking users' },
    'Topsort refused this click (404 Not Found). Linking users is a beta: ask Topsort to enable it for your marketplace.'
  ],
  topsort_refused: [{ status: 400, said: 'bad_request: no' }, 'Topsort refused this click: bad_request: no'],
  request_refused: [
    { status: 404, said: 'Not Found' },
    `Topsort's API refused the request, and not because of this click (404 Not Found). ${SUPPORT}`
  ],
  topsort_unavailable: [
    { status: 503, said: 'One moment ... ' },
    `Topsort could not take this click: 503 One moment. ${RETRY}`
  ],
  answer_timed_out: [{}, `Topsort did not answer in time, so it is not known whether this click arrived. ${RETRY}`],
  connection_broken: [
    { cause: 'ECONNRESET' },
    `The connection to Topsort broke (ECONNRESET), so it is not known whether this click arrived. ${RETRY}`
  ],
  request_aborted: [{}, `The request was aborted before Topsort answered for this click. ${RETRY}`],
  request_withheld: [
    { after: 'answer_timed_out', status: 408 },
    `This click was not sent, because an earlier request of the same delivery failed (408). ${RETRY}`
  ],

  partly_delivered: [
    {
      count: 3,
      of: 4,
      reasons: [
        { code: 'topsort_refused', status: 400, said: 'no', ids: ['a', 'b'] },
        { code: 'answer_timed_out', ids: ['d'] }
      ]
    },
    `Not delivered: 3 of 4 clicks. a, b: Topsort refused this click: no d: Topsort did not answer in time, so it is not known whether this click arrived. ${RETRY}`
  ],
  conversion_failed: [
    { error: 'x is not a function' },
    `The destination failed at this click: x is not a function. ${RETRY}`
  ]
}

describe('toSentence', () => {
  test.each(Object.entries(EXAMPLES))('writes the sentence of %s', (code, [parts, sentence]) => {
    expect(toSentence({ code, ...parts } as Reason, 'click')).toBe(sentence)
  })

  /** For each code, the words about one line with a value, and about two lines. */
  const lines: Record<LineProblem['code'], [values: string[] | undefined, one: string, several: string]> = {
    line_without_product_id: [undefined, 'line 1 has no product id', '9 of 60 lines have no product id (1, 8, 15, …)'],
    line_product_id_meaningless: [
      ['"null"', '"undefined"'],
      'line 1 has a product id that identifies nothing: "null"',
      '2 of 60 lines have a product id that identifies nothing (1: "null", 8: "undefined")'
    ],
    line_quantity_invalid: [
      ['"two"', '"3 pcs"'],
      'line 1 has an invalid quantity: "two"',
      '2 of 60 lines have an invalid quantity (1: "two", 8: "3 pcs")'
    ],
    line_quantity_not_positive: [
      ['-1', '0'],
      'line 1 has a quantity of -1',
      '2 of 60 lines have a quantity of 0 or less (1: -1, 8: 0)'
    ],
    line_price_invalid: [
      ['"free"', '"?"'],
      'line 1 has a price that is not a number: "free"',
      '2 of 60 lines have a price that is not a number (1: "free", 8: "?")'
    ],
    line_price_ambiguous: [
      ['"12,500"', '"1,299"'],
      'line 1 has a price that could be two amounts: "12,500"',
      '2 of 60 lines have a price that could be two amounts (1: "12,500", 8: "1,299")'
    ],
    line_without_price: [undefined, 'line 1 has no price', '9 of 60 lines have no price (1, 8, 15, …)'],
    line_price_not_positive: [
      ['0', '-5'],
      'line 1 has a price of 0',
      '2 of 60 lines have a price of 0 or less (1: 0, 8: -5)'
    ],
    line_amount_incalculable: [
      ['"1e+308 for 0.1"', '"1 for 1e-300"'],
      'line 1 has an amount that cannot be calculated: "1e+308 for 0.1"',
      '2 of 60 lines have an amount that cannot be calculated (1: "1e+308 for 0.1", 8: "1 for 1e-300")'
    ]
  }

  test.each(Object.entries(lines))('writes %s once, for one line and for several', (code, [values, one, several]) => {
    const write = (problem: Omit<LineProblem, 'code'>) => {
      const problems = [{ code: code as LineProblem['code'], ...problem }]
      return toSentence({ code: 'lines_left_out', of: 60, problems }, 'purchase')
    }
    const places = [1, 8, 15, 22, 29, 36, 43, 50, 57]

    expect(write({ lines: [1], ...(values && { values: values.slice(0, 1) }) })).toBe(`Left out of this order: ${one}.`)
    expect(write(values ? { lines: [1, 8], values } : { lines: places })).toBe(`Left out of this order: ${several}.`)
  })

  it('describes five problems of lines and counts the others', () => {
    const problems = Object.keys(lines).map((code, index) => ({
      code: code as LineProblem['code'],
      lines: [index + 1]
    }))

    expect(toSentence({ code: 'lines_unusable', of: 9, problems }, 'purchase')).toBe(
      'No line of this order can be reported: line 1 has no product id; line 2 has a product id that identifies nothing; line 3 has an invalid quantity; line 4 has a quantity of 0 or less; line 5 has a price that is not a number; and 4 more.'
    )
  })

  describe('suggests that products is an object in the event', () => {
    const HINT = ' If products is an object in your event and not a list, send it as a list.'
    const noId: LineProblem = { code: 'line_without_product_id', lines: [1] }

    it('toSentence suggests that products is an object if the only line of an order is empty', () => {
      expect(toSentence({ code: 'lines_unusable', of: 1, problems: [noId] }, 'purchase')).toBe(
        `No line of this order can be reported: line 1 has no product id.${HINT}`
      )
    })

    it('toSentence suggests that products is an object if the only product of a list is empty', () => {
      const problems = [{ code: 'about_nothing' as const, products: [1] }]

      expect(toSentence({ code: 'products_unusable', count: 1, of: 1, problems }, 'list')).toBe(
        `No product of this list can be reported. Product 1: ${ABOUT_NOTHING}${HINT}`
      )
    })

    test.each<[string, Reason]>([
      [
        'there are other lines',
        { code: 'lines_unusable', of: 2, problems: [{ code: 'line_without_product_id', lines: [1, 2] }] }
      ],
      [
        'the line has a product',
        { code: 'lines_unusable', of: 1, problems: [{ code: 'line_quantity_invalid', lines: [1], values: ['"x"'] }] }
      ],
      [
        'there are other products',
        { code: 'products_unusable', count: 2, of: 2, problems: [{ code: 'about_nothing', products: [1, 2] }] }
      ],
      [
        'the product has a bid',
        {
          code: 'products_unusable',
          count: 1,
          of: 1,
          problems: [{ code: 'bid_unreadable', value: 'true', products: [1] }]
        }
      ]
    ])('toSentence does not suggest that products is an object if %s', (_name, reason) => {
      expect(toSentence(reason, 'list')).not.toContain('If products is an object')
    })
  })

  test.each<[number, string, string]>([
    [503, 'Something went wrong.', '503 Something went wrong'],
    [503, 'One moment ... ', '503 One moment'],
    [502, '502 Bad Gateway nginx', '502 Bad Gateway nginx'],
    [500, '', '500'],
    [500, 'v1.5 is gone', '500 v1.5 is gone']
  ])('shows the status %i and the words %j once, and without a final period', (status, said, shown) => {
    expect(toSentence({ code: 'topsort_unavailable', status, said }, 'click')).toBe(
      `Topsort could not take this click: ${shown}. ${RETRY}`
    )
  })

  it('shows the status if the answer to a refused event has no words', () => {
    expect(toSentence({ code: 'topsort_refused', status: 400, said: '' }, 'click')).toBe(
      'Topsort refused this click: 400'
    )
  })

  it('shows what was said about a key if there is no code', () => {
    const reason: Reason = { code: 'key_rejected', status: 401, said: 'Unauthorized', hasKeyPrefix: true }

    expect(toSentence(reason, 'click')).toBe(`Topsort did not accept the API key (401 Unauthorized). ${KEY_REMEDY}`)
  })

  test.each([
    [['from'], 'from is empty'],
    [['to'], 'to is empty']
  ])('names the missing ids of a link: %j', (fields, words) => {
    expect(toSentence({ code: 'link_id_missing', fields }, 'link')).toBe(`No users are linked: ${words}.`)
  })
})

describe('groupByReason', () => {
  it('joins the places that have the same reason, in the order of the reasons', () => {
    const refused = (said: string): Reason => ({ code: 'topsort_refused', status: 400, said })

    expect(
      groupByReason([
        { reason: refused('no'), places: ['a', 'b'] },
        { reason: { code: 'answer_timed_out' }, places: ['c'] },
        { reason: refused('no'), places: ['d'] },
        { reason: refused('other'), places: ['e'] }
      ])
    ).toEqual([
      { reason: refused('no'), places: ['a', 'b', 'd'] },
      { reason: { code: 'answer_timed_out' }, places: ['c'] },
      { reason: refused('other'), places: ['e'] }
    ])
  })

  it('returns nothing for nothing', () => {
    expect(groupByReason([])).toEqual([])
  })
})

describe('InvalidEvent', () => {
  it('InvalidEvent is an error of the framework that carries its reason', () => {
    const error = new InvalidEvent({ code: 'id_invalid', value: '{}' })

    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error).toMatchObject({ status: 400, message: 'id_invalid', reason: { code: 'id_invalid', value: '{}' } })
  })
})
