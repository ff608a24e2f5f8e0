/**
 * Compares the schema of the sandbox with the wire types of the destination, key by key.
 * Nothing runs here. `npm run typecheck` fails if they differ.
 */
import type { FromSchema, JSONSchema } from 'json-schema-to-ts'
import type {
  Click,
  EventsRequest as DestinationRequest,
  Impression,
  Pageview,
  Purchase as DestinationPurchase,
  PurchaseItem as DestinationItem
} from '../../src/destinations/topsort/types'
import type { EventsByType, EventsRequest as SandboxRequest, eventsRequestSchema } from '../../src/sandbox/contract'

/**
 * Converts a type to a union of lines, one for each leaf and value, such as `.clicks?[].placement?.path is string`.
 * Comparing the types themselves is not enough: assignability ignores a missing optional key, and TypeScript treats
 * recursive types as equal if they are nested deeply enough.
 */
type Lines<T, Path extends string = ''> = T extends readonly (infer Item)[]
  ? Lines<Item, `${Path}[]`>
  : T extends object
    ? { [Key in keyof T & string]-?: Lines<Exclude<T[Key], undefined>, `${Path}.${Key}${Mark<T, Key>}`> }[keyof T &
        string]
    : `${Path} is ${Leaf<T>}`

type Mark<T, Key extends keyof T> = Partial<Pick<T, Key>> extends Pick<T, Key> ? '?' : ''

type Leaf<T> = T extends string
  ? string extends T
    ? 'string'
    : `'${T}'`
  : T extends number
    ? 'number'
    : 'something else'

/** The API requires a price. The destination can omit it if a customer has switched off `skipZeroPricePurchases`. */
type PurchaseItem = Omit<DestinationItem, 'unitPrice'> & Required<Pick<DestinationItem, 'unitPrice'>>
type Purchase = Omit<DestinationPurchase, 'items'> & { items: PurchaseItem[] }
type EventsRequest = Omit<DestinationRequest, 'purchases'> & { purchases?: Purchase[] }

/** Whether two types have the same keys and values at each depth. */
type Same<A, B> = [Lines<A>, Lines<B>] extends [Lines<B>, Lines<A>] ? true : false

type Holds<Verdict extends true> = Verdict
type Fails<Verdict extends false> = Verdict

export type TheyAreTheSame = [
  Holds<Same<SandboxRequest, EventsRequest>>,
  Holds<Same<EventsByType['impressions'], Impression>>,
  Holds<Same<EventsByType['clicks'], Click>>,
  Holds<Same<EventsByType['purchases'], Purchase>>,
  Holds<Same<EventsByType['pageviews'], Pageview>>
]

type Schema = typeof eventsRequestSchema
type PageviewSchema = Schema['properties']['pageviews']['items']
type PageSchema = PageviewSchema['properties']['page']

/** The wire type of the whole request, with another schema for the page of a page view. */
type WithPage<Page extends JSONSchema> = FromSchema<
  Omit<Schema, 'properties'> & {
    properties: Omit<Schema['properties'], 'pageviews'> & {
      pageviews: { type: 'array'; items: WithKeys<PageviewSchema, { page: Page }> }
    }
  }
>

type WithKeys<Closed extends { properties: object }, Keys> = Omit<Closed, 'properties'> & {
  properties: Omit<Closed['properties'], keyof Keys> & Keys
}

type WithoutKey<Closed extends { properties: object }, Key extends string> = Omit<Closed, 'properties'> & {
  properties: Omit<Closed['properties'], Key>
}

type Text = { type: 'string' }

/** Proves that the comparison finds each kind of difference at any depth. */
export type ADifferenceIsSeen = [
  Holds<Same<WithPage<PageSchema>, EventsRequest>>,
  // one optional key more, and one less
  Fails<Same<WithPage<WithKeys<PageSchema, { title: Text }>>, EventsRequest>>,
  Fails<Same<WithPage<WithoutKey<PageSchema, 'value'>>, EventsRequest>>,
  // another type, one type less, and one value less
  Fails<Same<WithPage<WithKeys<PageSchema, { pageId: { type: 'integer' } }>>, EventsRequest>>,
  Fails<Same<WithPage<WithKeys<PageSchema, { value: Text }>>, EventsRequest>>,
  Fails<Same<WithPage<WithKeys<PageSchema, { type: { enum: ['home', 'category', 'PDP', 'search'] } }>>, EventsRequest>>,
  // a key that is required, and one that no longer is
  Fails<Same<WithPage<Omit<PageSchema, 'required'> & { required: ['type'] }>, EventsRequest>>,
  Fails<Same<WithPage<Omit<PageSchema, 'required'> & { required: ['type', 'pageId', 'value'] }>, EventsRequest>>,
  // unknown keys
  Fails<Same<WithPage<Omit<PageSchema, 'additionalProperties'>>, EventsRequest>>,
  // a change of the wire type instead of the schema
  Fails<Same<SandboxRequest, Omit<EventsRequest, 'pageviews'>>>,
  Fails<Same<EventsByType['clicks'], Click & { note?: string }>>,
  Fails<Same<EventsByType['clicks'], Impression>>,
  Fails<Same<SandboxRequest, WithItem<Required<PurchaseItem>>>>,
  Fails<Same<SandboxRequest, WithItem<Omit<PurchaseItem, 'vendorId'>>>>,
  Fails<Same<SandboxRequest, WithItem<Omit<PurchaseItem, 'vendorId'> & { vendorId?: number }>>>,
  Holds<Same<SandboxRequest, WithItem<PurchaseItem>>>
]

type WithItem<Item> = Omit<EventsRequest, 'purchases'> & { purchases?: (Omit<Purchase, 'items'> & { items: Item[] })[] }
