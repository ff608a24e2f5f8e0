/**
 * Why an event, or a part of it, is not sent or not delivered.
 *
 * A reason is data: a stable code and its parts. Programs read the code. The sentence for people is written last, from
 * the tables in this file. Codes never change, because customers may filter by them.
 */
import { PayloadValidationError } from '@segment/actions-core'
import { enumerate, joinReasons, listPlaces } from './messages'

type None = unknown

/** The value that is the problem, as JSON. Long values are cut. */
type Value = { value: string }

/** What a server answered. `said` is one line, with Topsort's code and message if the answer has them. */
type Answer = { status: number; errCode?: string; said: string }

/** `hasKeyPrefix` tells whether the key starts as a Marketplace API Key does. */
type Key = { hasKeyPrefix: boolean }

/** The lines of an order that cannot be reported. `of` is the number of all lines. */
type Lines = { of: number; problems: LineProblem[] }

/** The products of a list that cannot be reported. `of` is the number of all products. */
type Products = { count: number; of: number; problems: ProductProblem[] }

/** The problems of lines of an order, each with the verb phrase after `line 2 has`. Omits the value for several values. */
const LINE_PROBLEMS = {
  line_without_product_id: () => 'no product id',
  line_product_id_meaningless: (value?: string) => withValue('a product id that identifies nothing', value),
  line_quantity_invalid: (value?: string) => withValue('an invalid quantity', value),
  line_quantity_not_positive: (value = '0 or less') => `a quantity of ${value}`,
  line_price_invalid: (value?: string) => withValue('a price that is not a number', value),
  line_price_ambiguous: (value?: string) => withValue('a price that could be two amounts', value),
  line_without_price: () => 'no price',
  line_price_not_positive: (value = '0 or less') => `a price of ${value}`,
  line_amount_incalculable: (value?: string) => withValue('an amount that cannot be calculated', value)
}

/** A problem of lines, which are counted from 1. `values` has the value of each line that caused it. */
export type LineProblem = { code: keyof typeof LINE_PROBLEMS; lines: number[]; values?: string[] }

/** A problem of products of a list, which are counted from 1. */
type ProductProblem = InteractionReason & { products: number[] }

/** Why some of the events that were made from one Segment event are not delivered, with their ids. */
type PartialFailure = RequestReason & { ids: string[] }

/** The parts of each reason about what an impression or a click is about. */
type InteractionParts = {
  about_nothing: None
  bid_unreadable: Value
  bid_encoded_or_cut: Value
  product_id_invalid: Value
  product_id_meaningless: Value
}

/** The parts of each reason about a request. */
type RequestParts = {
  key_malformed: Key
  key_rejected: Answer & Key
  firewall_refused: Answer
  feature_off: Answer & { feature: string }
  topsort_refused: Answer
  request_refused: Answer
  topsort_unavailable: Answer
  answer_timed_out: None
  connection_broken: { cause: string }
  request_aborted: None
  request_withheld: { after: string; status: number }
}

/** The parts of each reason. */
type Parts = InteractionParts &
  RequestParts & {
    id_missing: None
    id_invalid: Value
    id_meaningless: Value
    user_id_missing: None
    user_id_invalid: Value
    user_id_meaningless: Value
    time_missing: None
    time_invalid: Value
    page_id_missing: None

    products_missing: None
    products_unusable: Products
    products_left_out: Products

    items_missing: None
    order_without_prices: None
    order_unpriced: Lines
    lines_unusable: Lines
    lines_left_out: Lines

    click_type_unknown: Value
    attribution_type_unknown: Value

    link_id_missing: { fields: string[] }
    link_id_invalid: Value & { field: string }
    link_ids_equal: Value
    link_id_too_long: { field: string; length: number; limit: number }

    partly_delivered: { count: number; of: number; reasons: PartialFailure[] }
    conversion_failed: { error: string }
  }

export type ReasonCode = keyof Parts

/** Why an impression or a click cannot be sent. */
export type InteractionReason = Reason<keyof InteractionParts>

/** Why a request failed. */
export type RequestReason = Reason<keyof RequestParts>

/** A reason with one of the codes, and the parts of this code. */
export type Reason<Code extends ReasonCode = ReasonCode> = { [Each in Code]: { code: Each } & Parts[Each] }[Code]

const KEY_REMEDY = 'Use the Marketplace API Key from Settings > API Integration in the Topsort Manager Platform.'
const SUPPORT_REMEDY = "If it goes on, send this message to Topsort's support."
const RETRY = 'Segment tries again for about four hours.'

/** The sentence of each code. `noun` is the name of the event, such as `click`. */
const SENTENCES: { [Code in ReasonCode]: (parts: Parts[Code], noun: string) => string } = {
  about_nothing: (_, noun) =>
    `This ${noun} is about nothing. Send the resolvedBidId of the auction's winner, or a product_id or an entity for an organic ${noun}.`,
  bid_unreadable: ({ value }, noun) =>
    `Invalid resolvedBidId in this ${noun}: ${value}. Send text or a number, or leave it out.`,
  bid_encoded_or_cut: ({ value }, noun) =>
    `The resolvedBidId of this ${noun} was encoded or cut on its way: ${value}. Send it exactly as the auction returned it.`,
  product_id_invalid: ({ value }, noun) => invalid('product_id', value, noun),
  product_id_meaningless: ({ value }, noun) => meaningless('product_id', value, noun),

  id_missing: (_, noun) => missing('id', noun),
  id_invalid: ({ value }, noun) => invalid('id', value, noun),
  id_meaningless: ({ value }, noun) => meaningless('id', value, noun),
  user_id_missing: (_, noun) => missing('opaqueUserId', noun),
  user_id_invalid: ({ value }, noun) => invalid('opaqueUserId', value, noun),
  user_id_meaningless: ({ value }, noun) =>
    `No user id in this ${noun}: opaqueUserId is ${value}, which identifies nobody. Send the anonymous id of the user, also for guests.`,
  time_missing: (_, noun) => missing('occurredAt', noun),
  time_invalid: ({ value }, noun) =>
    `Invalid occurredAt in this ${noun}: ${value}. Send ISO 8601, such as 2026-01-31T12:00:00Z, or the seconds or milliseconds since 1970.`,
  page_id_missing: (_, noun) => missing('page.pageId', noun),

  products_missing: (_, noun) => missing('products', noun),
  products_unusable: (products) =>
    `No product of this list can be reported. ${describeProducts(products)}${objectHint(products)}`,
  products_left_out: (products) =>
    `Left out of this list: ${products.count} of ${products.of} products. ${describeProducts(products)}`,

  items_missing: (_, noun) => missing('items', noun),
  order_without_prices: () =>
    'No line of this order has a price. Send it as price, or map Unit Price or Line Total of the field Items to the property that has it.',
  order_unpriced: (lines) => `No line of this order has a price above 0: ${describeLines(lines)}.`,
  lines_unusable: (lines) => `No line of this order can be reported: ${describeLines(lines)}.${objectHint(lines)}`,
  lines_left_out: (lines) => `Left out of this order: ${describeLines(lines)}.`,

  click_type_unknown: ({ value }) =>
    `Left out: the click type ${value}. Topsort accepts product, like and add-to-cart.`,
  attribution_type_unknown: ({ value }) =>
    `Left out: the additional attribution of the type ${value}. Topsort accepts product and vendor.`,

  link_id_missing: ({ fields }) =>
    `No users are linked: ${fields.join(' and ')} ${fields.length > 1 ? 'are' : 'is'} empty.`,
  link_id_invalid: ({ field, value }, noun) => invalid(field, value, noun),
  link_ids_equal: ({ value }) =>
    `Both ids of this link are ${value}. Map from to the id before the login, and to to the id after it.`,
  link_id_too_long: ({ field, length, limit }) =>
    `The id in ${field} of this link has ${length} characters, and Topsort takes ${limit} at most. Send a shorter id, and the same one with events and auctions.`,

  key_malformed: (key) => `The API key is empty or contains characters that are not allowed. ${keyRemedy(key)}`,
  key_rejected: (answer) => {
    const said = withStatus({ ...answer, said: answer.errCode ?? answer.said })
    return `Topsort did not accept the API key (${said}). ${keyRemedy(answer)}`
  },
  firewall_refused: (answer, noun) => {
    const said = withStatus(answer)
    return `Something other than Topsort's API refused this ${noun} (${said}), such as a firewall in front of it. ${SUPPORT_REMEDY}`
  },
  feature_off: (answer, noun) => {
    const said = withStatus(answer)
    return `Topsort refused this ${noun} (${said}). ${answer.feature} is a beta: ask Topsort to enable it for your marketplace.`
  },
  topsort_refused: ({ status, said }, noun) => `Topsort refused this ${noun}: ${said || String(status)}`,
  request_refused: (answer, noun) => {
    const said = withStatus(answer)
    return `Topsort's API refused the request, and not because of this ${noun} (${said}). ${SUPPORT_REMEDY}`
  },
  topsort_unavailable: (answer, noun) => `Topsort could not take this ${noun}: ${withStatus(answer)}. ${RETRY}`,
  answer_timed_out: (_, noun) =>
    `Topsort did not answer in time, so it is not known whether this ${noun} arrived. ${RETRY}`,
  connection_broken: ({ cause }, noun) =>
    `The connection to Topsort broke (${cause}), so it is not known whether this ${noun} arrived. ${RETRY}`,
  request_aborted: (_, noun) => `The request was aborted before Topsort answered for this ${noun}. ${RETRY}`,
  request_withheld: ({ status }, noun) =>
    `This ${noun} was not sent, because an earlier request of the same delivery failed (${status}). ${RETRY}`,

  partly_delivered: ({ count, of, reasons }, noun) => {
    const parts = reasons.map((reason) => ({ names: reason.ids, sentence: toSentence(reason, noun) }))
    return `Not delivered: ${count} of ${of} ${noun}s. ${joinReasons(parts)}`
  },
  conversion_failed: ({ error }, noun) => `The destination failed at this ${noun}: ${error}. ${RETRY}`
}

/** Returns the sentences of a reason. They say what happened, to which event or line, and what to do. */
export function toSentence(reason: Reason, noun: string): string {
  const write = SENTENCES[reason.code] as (parts: Reason, noun: string) => string
  return write(reason, noun)
}

/** Joins the places that have the same reason. */
export function groupByReason<Each extends Reason, Place>(
  entries: { reason: Each; places: Place[] }[]
): { reason: Each; places: Place[] }[] {
  const groups = new Map<string, { reason: Each; places: Place[] }>()
  for (const { reason, places } of entries) {
    const key = JSON.stringify(reason)
    groups.set(key, { reason, places: [...(groups.get(key)?.places ?? []), ...places] })
  }
  return [...groups.values()]
}

/** The error for an event that cannot be converted. It carries the reason, from which its message is written later. */
export class InvalidEvent extends PayloadValidationError {
  constructor(readonly reason: Reason) {
    super(reason.code)
  }
}

function missing(field: string, noun: string): string {
  return `Missing ${field} in this ${noun}. Send it, or map the field to a property that is never empty.`
}

function invalid(field: string, value: string, noun: string): string {
  return `Invalid ${field} in this ${noun}: ${value}. Send text or a number.`
}

function meaningless(field: string, value: string, noun: string): string {
  return `The ${field} of this ${noun} is ${value}, which identifies nothing. Send an id.`
}

function withValue(phrase: string, value?: string): string {
  return value === undefined ? phrase : `${phrase}: ${value}`
}

/** Describes lines: `line 2 has no price`, or `9 of 60 lines have no price (1, 8, 15, …)`. */
function describeLines({ of, problems }: Lines): string {
  const parts = problems.map(({ code, lines, values }) => {
    const describe = LINE_PROBLEMS[code]
    if (lines.length === 1) return `line ${lines[0]} has ${describe(values?.[0])}`
    const places = lines.map((line, index) => (values ? `${line}: ${values[index]}` : String(line)))
    return `${lines.length} of ${of} lines have ${describe()} (${listPlaces(places)})`
  })
  return enumerate(parts, '; ')
}

function describeProducts({ problems }: Products): string {
  return joinReasons(
    problems.map((problem) => ({
      names: problem.products.map((place) => `Product ${place}`),
      sentence: toSentence(problem, 'impression')
    }))
  )
}

/**
 * Returns whether the lines or products of a reason may come from an object such as `{"0": {…}, "1": {…}}`. The framework
 * makes a list with one empty entry of it.
 */
export function mayBeObject({ of, problems }: { of?: unknown; problems?: { code: string }[] }): boolean {
  const code = problems?.[0]?.code
  return of === 1 && (code === 'line_without_product_id' || code === 'about_nothing')
}

function objectHint(entries: Lines | Products): string {
  return mayBeObject(entries) ? ' If products is an object in your event and not a list, send it as a list.' : ''
}

function keyRemedy({ hasKeyPrefix }: Key): string {
  return hasKeyPrefix ? KEY_REMEDY : `${KEY_REMEDY} A Marketplace API Key starts with TSE_.`
}

/** Joins a status and words for use inside a sentence: without a final period, and with the status only once. */
function withStatus({ status, said }: Answer): string {
  const words = said.replace(/[.\s]+$/, '')
  return words.startsWith(String(status)) ? words : `${status} ${words}`.trim()
}
