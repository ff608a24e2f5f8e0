/**
 * The schema of the sandbox and the wire types of the destination describe the same thing, key by key.
 * There is nothing here to run: `npm run typecheck` fails when they part.
 */
import type { FromSchema, JSONSchema } from 'json-schema-to-ts'
import type {
  Click,
  EventsRequest,
  Impression,
  Pageview,
  Purchase,
  PurchaseItem
} from '../../destinations/topsort/types'
import type { EventsByType, EventsRequest as SandboxRequest, eventsRequestSchema } from '../contract'

/**
 * A type as a union of lines, one for each leaf and each value that it may have: `.clicks?[].placement?.path is string`.
 * Comparing the types themselves would not do: assignability overlooks a missing optional key, and TypeScript takes
 * recursive types to be the same when they are nested deeply enough.
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

/** Whether two types describe the same values, to the last optional key. */
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

/** The wire type of the whole request, were the page of a page view described by another schema. */
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

/** Proof that the comparison sees every kind of difference, deep inside. */
export type ADifferenceIsSeen = [
  Holds<Same<WithPage<PageSchema>, EventsRequest>>,
  // an optional key more, and one less
  Fails<Same<WithPage<WithKeys<PageSchema, { title: Text }>>, EventsRequest>>,
  Fails<Same<WithPage<WithoutKey<PageSchema, 'value'>>, EventsRequest>>,
  // another type, a type less, and a value less
  Fails<Same<WithPage<WithKeys<PageSchema, { pageId: { type: 'integer' } }>>, EventsRequest>>,
  Fails<Same<WithPage<WithKeys<PageSchema, { value: Text }>>, EventsRequest>>,
  Fails<Same<WithPage<WithKeys<PageSchema, { type: { enum: ['home', 'category', 'PDP', 'search'] } }>>, EventsRequest>>,
  // required, and no longer
  Fails<Same<WithPage<Omit<PageSchema, 'required'> & { required: ['type'] }>, EventsRequest>>,
  Fails<Same<WithPage<Omit<PageSchema, 'required'> & { required: ['type', 'pageId', 'value'] }>, EventsRequest>>,
  // open
  Fails<Same<WithPage<Omit<PageSchema, 'additionalProperties'>>, EventsRequest>>,
  // the wire type changes instead of the schema
  Fails<Same<SandboxRequest, Omit<EventsRequest, 'pageviews'>>>,
  Fails<Same<EventsByType['clicks'], Click & { note?: string }>>,
  Fails<Same<EventsByType['clicks'], Impression>>,
  Fails<Same<SandboxRequest, WithItem<Required<PurchaseItem>>>>,
  Fails<Same<SandboxRequest, WithItem<Omit<PurchaseItem, 'vendorId'>>>>,
  Fails<Same<SandboxRequest, WithItem<Omit<PurchaseItem, 'vendorId'> & { vendorId?: number }>>>,
  Holds<Same<SandboxRequest, WithItem<PurchaseItem>>>
]

type WithItem<Item> = Omit<EventsRequest, 'purchases'> & { purchases?: (Omit<Purchase, 'items'> & { items: Item[] })[] }
