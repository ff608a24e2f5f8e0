/** What each reason code, each of Topsort's codes and each of Segment's own messages means, and what to do. */
import type { LineProblem, Reason, ReasonCode } from '../../src/destinations/topsort/reasons'

/** The parts of a reason, from which its sentence is written. `noun` names the event. `…` stands for a value. */
export type Example<Code extends ReasonCode> = Omit<Reason<Code>, 'code'> & { noun?: string }

type Explanation<Code extends ReasonCode> = {
  section: Section
  /** One for each form of the sentence. */
  examples: Example<Code>[]
  meaning: string
  remedy: string
}

export type Section = 'key' | 'invalid' | 'note' | 'refused' | 'no answer'

/** The compiler finds a code without an entry. The page has the codes of a section in this order. */
export const EXPLANATIONS: { [Code in ReasonCode]: Explanation<Code> } = {
  key_rejected: {
    section: 'key',
    examples: [{ status: 401, said: '…', hasKeyPrefix: true }],
    meaning:
      "The key is wrong, revoked or of another kind. A 403 with one of Topsort's errors means the same. `A Marketplace API Key starts with TSE_.` follows if the key starts with something else.",
    remedy: 'Paste a Marketplace API Key. The Advanced API key does not work.'
  },
  key_malformed: {
    section: 'key',
    examples: [{ hasKeyPrefix: true }],
    meaning: 'The setting contains something other than a key, such as text with a space. No request was made.',
    remedy: 'Paste the key again.'
  },

  about_nothing: {
    section: 'invalid',
    examples: [{ noun: 'click' }],
    meaning:
      'The event has no bid, no product, no vendor and no external id, and it is not offsite. An impression has the same message.',
    remedy: 'Add `product_id`, and `resolvedBidId` for an ad. If your product ids have another name, map Product ID.'
  },
  bid_unreadable: {
    section: 'invalid',
    examples: [{ value: '…' }],
    meaning:
      'The bid is `true` or an object. The event is not sent as organic instead, because then the ad would not be billed.',
    remedy: 'Send the bid as text. For no bid, send nothing, `null`, `false` or empty text.'
  },
  bid_encoded_or_cut: {
    section: 'invalid',
    examples: [{ value: '…' }],
    meaning:
      'The bid contains white space or `%`, which no bid has. It was encoded for a URL, or a `+` in it became a space.',
    remedy: 'Decode the value before you track it. Do not put bids into URLs without `encodeURIComponent`.'
  },
  product_id_invalid: {
    section: 'invalid',
    examples: [{ value: '…' }],
    meaning: 'The product of an organic event is `true` or an object.',
    remedy: 'Send the id of the product itself.'
  },
  product_id_meaningless: {
    section: 'invalid',
    examples: [{ value: '"undefined"' }],
    meaning: 'A program wrote a missing value as text: `undefined`, `null`, `NaN` or `[object Object]`.',
    remedy: 'Send the id, or leave the property out.'
  },
  id_missing: {
    section: 'invalid',
    examples: [{}],
    meaning: 'The property that Event ID is mapped to is empty.',
    remedy: 'Map Event ID to `messageId`, or to a property that every event has.'
  },
  id_invalid: {
    section: 'invalid',
    examples: [{ value: '…' }],
    meaning: 'The id of the event is `true` or an object.',
    remedy: 'Map Event ID to `messageId`, or to an id that is text or a number.'
  },
  id_meaningless: {
    section: 'invalid',
    examples: [{ value: '"undefined"' }],
    meaning: 'The id of the event is a missing value that became text. All such events would count as one.',
    remedy: 'Map Event ID to `messageId`, or correct the property.'
  },
  user_id_missing: {
    section: 'invalid',
    examples: [{}],
    meaning: 'The event has neither an anonymous id nor a user id.',
    remedy: 'Send one of them, or the property `opaqueUserId`. See [identify your users](guide.md#identify-your-users).'
  },
  user_id_invalid: {
    section: 'invalid',
    examples: [{ value: '…' }],
    meaning: 'The id of the user is `true` or an object.',
    remedy: 'Send the id itself.'
  },
  user_id_meaningless: {
    section: 'invalid',
    examples: [{ value: '"0"' }],
    meaning:
      'The id is `0`, which some shop systems send for every guest, or a missing value that became text. All guests would be one user.',
    remedy: 'Send the anonymous id, also for guests. It has to be the id of the auctions.'
  },
  time_missing: {
    section: 'invalid',
    examples: [{}],
    meaning: 'The property that Occurred At is mapped to is empty.',
    remedy: 'Map Occurred At to `timestamp`.'
  },
  time_invalid: {
    section: 'invalid',
    examples: [{ value: '…' }],
    meaning: 'The mapped value is not a time.',
    remedy: 'Map Occurred At to `timestamp`.'
  },
  page_id_missing: {
    section: 'invalid',
    examples: [{ noun: 'page view' }],
    meaning: 'The page has no path and no name.',
    remedy: 'Send the path of the page, or map Page ID to a property that has it.'
  },
  products_missing: {
    section: 'invalid',
    examples: [{ noun: 'list' }],
    meaning: 'The list is empty.',
    remedy: 'Send the event only with products, or map Products to the list that has them.'
  },
  products_unusable: {
    section: 'invalid',
    examples: [
      { count: 2, of: 2, problems: [{ code: 'about_nothing', products: [1, 2] }] },
      { count: 1, of: 1, problems: [{ code: 'about_nothing', products: [1] }] }
    ],
    meaning:
      'No product has a bid, a product id or an entity, or each has an invalid one. A lone product without any value may be an object in your event, such as `{"0": {…}, "1": {…}}`, of which Segment makes one empty product.',
    remedy: 'Add `product_id` to the products, map Products to the list that has it, or send the object as a list.'
  },
  items_missing: {
    section: 'invalid',
    examples: [{ noun: 'purchase' }],
    meaning: 'The order is empty.',
    remedy: 'Send the event only with products, or map Items to the list that has them.'
  },
  order_without_prices: {
    section: 'invalid',
    examples: [{}],
    meaning: 'All prices are missing. Usually they have another name than `price`.',
    remedy: 'Send `price`, or map Unit Price or Line Total.'
  },
  lines_unusable: {
    section: 'invalid',
    examples: [
      {
        of: 2,
        problems: [
          { code: 'line_without_product_id', lines: [1] },
          { code: 'line_quantity_not_positive', lines: [2], values: ['0'] }
        ]
      },
      { of: 1, problems: [{ code: 'line_without_product_id', lines: [1] }] }
    ],
    meaning:
      'Each line has one of the problems in [lines of an order](#lines-of-an-order). A lone line without any value may be an object in your event, of which Segment makes one empty line.',
    remedy: 'Correct the lines or the mapping of Items, or send the object as a list.'
  },
  link_id_invalid: {
    section: 'invalid',
    examples: [{ noun: 'link', field: 'from', value: '…' }],
    meaning: 'An id is `true` or an object. Only the start of a long id is in the message.',
    remedy: 'Map Logged-out ID and Logged-in ID to ids.'
  },
  link_ids_equal: {
    section: 'invalid',
    examples: [{ value: '…' }],
    meaning: 'Link Users got one id twice.',
    remedy: 'Map Logged-out ID and Logged-in ID to different ids.'
  },
  link_id_too_long: {
    section: 'invalid',
    examples: [{ field: 'from', length: 80, limit: 64 }],
    meaning: 'The id is too long to be linked.',
    remedy: 'Use a shorter id everywhere, such as a SHA-256 hash in hexadecimal form. It has 64 characters.'
  },
  conversion_failed: {
    section: 'invalid',
    examples: [{ error: '…' }],
    meaning: 'A bug in the destination. The event fails with 500, and Segment tries again.',
    remedy: "Report it to Topsort's support, with the event and without personal data."
  },

  lines_left_out: {
    section: 'note',
    examples: [{ of: 60, problems: [{ code: 'line_without_price', lines: [1, 8, 15, 22, 29, 36, 43, 50, 57] }] }],
    meaning: 'Some lines cannot be reported. The others are.',
    remedy: 'See [lines of an order](#lines-of-an-order).'
  },
  order_unpriced: {
    section: 'note',
    examples: [{ of: 1, problems: [{ code: 'line_price_not_positive', lines: [1], values: ['0'] }] }],
    meaning: 'Nothing is sent, because Topsort accepts only prices above 0.',
    remedy: 'Nothing, if the order consists of gifts.'
  },
  products_left_out: {
    section: 'note',
    examples: [
      { count: 1, of: 60, problems: [{ code: 'product_id_meaningless', value: '"undefined"', products: [8] }] }
    ],
    meaning: 'Some products have no bid, no product id and no entity, or one that is invalid. The others are reported.',
    remedy: 'Add the ids.'
  },
  click_type_unknown: {
    section: 'note',
    examples: [{ value: '"image"' }],
    meaning: "The event is sent without a click type, such as one that only a newer SDK of Topsort's sends.",
    remedy: 'Send one of the accepted types, or none.'
  },
  attribution_type_unknown: {
    section: 'note',
    examples: [{ value: '"brand"' }],
    meaning: 'The event is sent without the additional attribution, so only the banner is credited.',
    remedy: 'Send `product` or `vendor` as the type.'
  },
  link_id_missing: {
    section: 'note',
    examples: [{ fields: ['…'] }],
    meaning:
      'The identify call has only one id, as before the login, or an id that identifies nobody, such as `0`. Nothing is sent.',
    remedy: 'Nothing.'
  },

  topsort_refused: {
    section: 'refused',
    examples: [{ status: 400, said: '…' }],
    meaning: 'Topsort does not accept the event.',
    remedy: "See [Topsort's codes](#topsorts-codes). Otherwise do what Topsort's message says."
  },
  partly_delivered: {
    section: 'refused',
    examples: [
      {
        noun: 'impression',
        count: 2,
        of: 60,
        reasons: [{ code: 'topsort_refused', status: 400, said: '…', ids: ['…-7', '…-12'] }]
      }
    ],
    meaning:
      'Topsort refused some products of a list, or did not answer for them. The ids before each reason end with the index of the product, from 0. The other products are stored. If one reason says that Segment tries again, it sends the whole list again.',
    remedy: 'Do what the reasons say.'
  },
  firewall_refused: {
    section: 'refused',
    examples: [{ status: 403, said: '…' }],
    meaning: "The answer was a 403 without one of Topsort's errors. It says nothing about the key.",
    remedy: "If it continues, contact Topsort's support."
  },
  feature_off: {
    section: 'refused',
    examples: [{ noun: 'link', status: 403, said: '…', feature: 'Linking users' }],
    meaning: 'Topsort has not enabled Link Users for you.',
    remedy: 'Ask Topsort, or remove the mapping.'
  },
  request_refused: {
    section: 'refused',
    examples: [{ status: 404, said: '…' }],
    meaning:
      'The answer is 404, 405, 410, 501 or a redirect. It is about the address of the API, and not about an event. Segment does not try again.',
    remedy: "If it continues, contact Topsort's support. Then [replay](replay.md) what was lost."
  },

  topsort_unavailable: {
    section: 'no answer',
    examples: [{ status: 503, said: '…' }],
    meaning: 'Topsort answered with 408, 423, 429 (too many requests) or 5xx.',
    remedy: 'Nothing.'
  },
  answer_timed_out: {
    section: 'no answer',
    examples: [{}],
    meaning: 'There was no complete answer within 10 seconds.',
    remedy: 'Nothing.'
  },
  connection_broken: {
    section: 'no answer',
    examples: [{ cause: '…' }],
    meaning: 'The connection could not be opened, or it ended before the answer.',
    remedy: 'Nothing.'
  },
  request_aborted: {
    section: 'no answer',
    examples: [{}],
    meaning: 'Segment ended the request.',
    remedy: 'Nothing.'
  },
  request_withheld: {
    section: 'no answer',
    examples: [{ after: 'topsort_unavailable', status: 429 }],
    meaning:
      'After a 408, a 429, a time-out or an aborted request, no further request of the same delivery starts. The status in parentheses is that of the first failure.',
    remedy: 'Nothing.'
  }
}

/** The problems of a line of an order. `value` is the value that is the problem. */
export const LINE_EXPLANATIONS: Record<LineProblem['code'], { value?: string; meaning: string; remedy: string }> = {
  line_without_product_id: {
    meaning: '`product_id`, `productId`, `sku` and `id` are missing, or the first of them is empty or not an id.',
    remedy: 'Send `product_id`, or map Product ID of Items.'
  },
  line_product_id_meaningless: {
    value: '"undefined"',
    meaning: 'The id is a missing value that became text: `undefined`, `null`, `NaN` or `[object Object]`.',
    remedy: 'Send the id of the product.'
  },
  line_quantity_invalid: {
    value: '"1,250"',
    meaning: 'The quantity is not a number, or could be two.',
    remedy: 'Send a number.'
  },
  line_quantity_not_positive: {
    value: '0',
    meaning: 'The quantity is 0 or less, as in a return.',
    remedy: 'Nothing, if it is a return.'
  },
  line_price_invalid: {
    value: '"on request"',
    meaning: 'The price is not a number or an amount of money.',
    remedy: 'Send a number.'
  },
  line_price_ambiguous: {
    value: '"12,500"',
    meaning:
      '`12,500` is 12.5 or 12500, depending on the currency. In a currency without decimals, `330.275` may be a number with decimals or 330275.',
    remedy: "Send the order's `currency`, or prices as numbers with at most two decimals."
  },
  line_without_price: {
    meaning: 'The price is missing.',
    remedy: 'Nothing, if it is a gift.'
  },
  line_price_not_positive: {
    value: '0',
    meaning: 'The price is 0 or less.',
    remedy: 'Nothing, if it is a gift.'
  },
  line_amount_incalculable: {
    value: '"1e+308 for 2.5"',
    meaning: 'The unit price that follows from the price and the quantity is too large or too small for a number.',
    remedy: 'Correct the price or the quantity.'
  }
}

/** Topsort's own codes, which are in `errCode`. */
export const TOPSORT_CODES: [code: string, meaning: string, remedy: string][] = [
  [
    'resolved_bid_id_not_found',
    'The bid is not from an auction of this marketplace. Often it was shortened or encoded on its way.',
    'Send the `resolvedBidId` exactly as the auction returned it.'
  ],
  [
    'invalid_event_time',
    'Topsort thinks that the event is in the future.',
    'Check the clock of the server that sets the time.'
  ],
  [
    'bad_request',
    'A value does not fit. The message says which one. With Skip Items Without a Price off, it is often a price of 0.',
    'Correct the value, or switch the setting on.'
  ]
]

/** Messages of Segment's check of an event, before the destination gets it. A test produces each of them. */
export const SEGMENT_MESSAGES: [message: string, meaning: string, remedy: string][] = [
  [
    "The root value is missing the required field '…'.",
    'The mapped property is not in the event. `items`: the order has no `products`.',
    'Send the property, or map the field to where it is.'
  ],
  [
    '… must be a string but it was an object.',
    'A mapping reads a property that is not a single value. Lists have the same message with `array`.',
    'Map the field to the value itself.'
  ],
  [
    'Occurred At must be a valid date-like string but it was not.',
    'The mapped value is not a time.',
    'Map Occurred At to `timestamp`.'
  ],
  [
    'Cannot convert object to primitive value',
    'A directive such as `@template` makes text of a value that has none, such as `{"toString": "x"}`. Segment applies a mapping to a whole batch, so such an event fails every event of its batch, and Segment tries the batch again. The workbench, preflight and replay fail only this event, and name the field.',
    'Map the field to a single value, or drop such events with a destination filter.'
  ],
  [
    'Credentials are invalid: …',
    'Shown when you save the settings. The message about the key follows.',
    'See [settings and the API key](#settings-and-the-api-key).'
  ]
]
