import type { InputField, JSONObject, JSONValue } from '@segment/actions-core'
import { sayShare } from '../checks'
import { isObject } from '../core'
import { at, firstOf } from '../destinations'
import type { Mapping } from '../pipeline'
import { type Amounts, createOwnTotals } from './amounts'
import { listCurrencies, listOrderIds, listVendors, type ProductList, USUAL } from './candidates'
import type { Classified } from './classify'
import { type Candidate, type Choice, keysFor, sayChoice, type UserChoice } from './choose'
import { type Definition, KINDS, presetOf } from './kinds'
import { isReachable, listScalars, namesOf, type PathNode, readScalar, sayPath, toPath } from './paths'
import type { NameProfile } from './profile'
import type { Read } from './propose'
import { type Exception, findExceptions } from './triggers'

/** Which paths a field gets, and why. */
export type FieldNote = {
  field: string
  /** As the mapping has them. Empty if the default finds the value. */
  paths: string[]
  sentence: string
  candidates: Candidate[]
}

/** A mapping for the events of one name. */
export type Unit = Pick<Classified, 'profile' | 'kind' | 'why'> & {
  mapping: JSONObject
  fields: FieldNote[]
  exceptions: Exception[]
  /** The current mapping that takes these events. */
  current: Mapping | undefined
}

/** If few orders come twice, their number becomes the id of the purchase. If many do, it is no number of an order. */
const MAX_REPEATED = 0.3

/** Of more orders, a sample does not show how many come twice. */
const COUNTED = 256

/** Makes the mapping of the events of a name. */
export function toUnit(
  read: Read,
  choice: Choice | undefined,
  { users, definition }: { users: UserChoice; definition: Definition },
  current: Mapping | undefined
): Unit {
  const { profile, kind, why } = read
  const { fields } = definition.actions[KINDS[kind].action]
  const paths = choosePaths(read, choice, users)
  const preset = presetOf(definition, kind)
  return {
    profile,
    kind,
    why,
    mapping: buildMapping(current?.mapping ?? preset, preset, fields, paths),
    fields: listNotes(read, choice, paths, users),
    exceptions: kind === 'purchase' ? findExceptions(profile) : [],
    current
  }
}

function choosePaths(read: Read, choice: Choice | undefined, users: UserChoice): Paths {
  const { profile, kind, list, amounts } = read
  const common = {
    list,
    amounts,
    product: choice && toChosen(choice),
    bids: chooseBids(read),
    user: users.nodes.get(profile)
  }
  if (kind === 'pageView') return { ...common, page: findPage(profile) }
  if (kind !== 'purchase' || !list) return common
  return { ...common, vendor: findVendor(list), currency: findCurrency(profile), id: findRepeatedId(profile) }
}

/** Returns the paths of a choice that a new mapping does not read anyway. Undefined if there is nothing to choose. */
function toChosen({ nodes, isDefault }: Choice): readonly PathNode[] | undefined {
  if (nodes.length === 0) return undefined
  return isDefault ? [] : nodes
}

function listNotes(read: Read, choice: Choice | undefined, paths: Paths, users: UserChoice): FieldNote[] {
  const { profile, kind, list, amounts } = read
  const { bids, user, vendor, currency, id, page } = paths
  const prefix = list ? `${kind === 'purchase' ? 'items' : 'products'}.` : ''
  const toPaths = (nodes: readonly PathNode[]): string[] => nodes.map((node) => toPath(keysFor(node, list)))
  const note = (field: string, nodes: readonly (PathNode | undefined)[], sentence: () => string): FieldNote[] => {
    const known = nodes.filter((node) => node !== undefined)
    return known.length === 0 ? [] : [{ field, paths: toPaths(known), sentence: sentence(), candidates: [] }]
  }
  const product = choice?.nodes.length && {
    field: `${prefix}productId`,
    paths: toPaths(paths.product ?? []),
    sentence: sayChoice(choice, list ? 'lines' : 'events'),
    candidates: choice.candidates
  }
  return [
    ...note(prefix.slice(0, -1), [list?.node], () => sayList(list as ProductList, profile)),
    ...(product ? [product] : []),
    ...note(amounts?.isLineTotal ? 'items.lineTotal' : 'items.unitPrice', [amounts?.price], () =>
      sayAmounts(amounts as Amounts, profile)
    ),
    ...note('items.vendorId', [vendor], () => 'It names who sold the product, for halo attribution.'),
    ...note(`${prefix}resolvedBidId`, bids, () => sayBids(bids, profile)),
    ...note('opaqueUserId', [user], () => users.sentence),
    ...note('currency', [currency], () => 'It has the code of a currency.'),
    ...note('id', [id], () => 'Some orders are reported more than once. Topsort counts each order number once.'),
    ...note('page', [page], () => 'It identifies the page.')
  ]
}

/** Returns the paths of bids, the one where new mappings look for them first. */
function chooseBids({ profile, bids, list }: Read): PathNode[] {
  const usual = [...(list ? list.items.keys : ['properties']), 'resolvedBidId'].join('.')
  const isDefault = ({ keys }: PathNode): boolean => keys.join('.') === usual
  const [first, ...others] = [...bids.filter(isDefault), ...bids.filter((node) => !isDefault(node))]
  if ((first as PathNode | undefined) === undefined) return []
  const events = profile.samples.list()
  // A bid that is always beside another one is a copy of it.
  const apart = others.filter(({ keys }) =>
    events.every((event) => !readScalar(event, first.keys) || readScalar(event, keys) === undefined)
  )
  return [first, ...apart].slice(0, 3)
}

function findCurrency(profile: NameProfile): PathNode | undefined {
  const currencies = listCurrencies(profile).filter(({ keys }) => isReachable(keys))
  return currencies.some(({ keys }) => keys.join('.') === 'properties.currency') ? undefined : currencies.at(0)
}

function findRepeatedId(profile: NameProfile): PathNode | undefined {
  const id = listOrderIds(profile).find(({ keys }) => isReachable(keys))
  if (!id) return undefined
  const different = id.sample?.size() ?? 0
  const repeated = id.events - different
  return different < COUNTED && repeated > 0 && repeated <= id.events * MAX_REPEATED ? id : undefined
}

function findVendor({ items, node }: ProductList): PathNode | undefined {
  if (items.children.get('vendorId')?.values) return undefined
  return listVendors(items).find((vendor) => isReachable(vendor.keys) && vendor.events >= node.events * USUAL)
}

/** Returns where a page view has its page, if new mappings do not find it. */
function findPage({ properties, samples, count }: NameProfile): PathNode | undefined {
  const hasPath = samples.list().some(({ context }) => isObject(context?.page) && Boolean(context.page.path))
  if (hasPath || properties.children.get('path')) return undefined
  return listScalars(properties).find(
    (node) =>
      /path$|location$|url$|href$/.test(namesOf(node).at(-1) ?? '') &&
      node.events >= count * USUAL &&
      isReachable(node.keys)
  )
}

function sayList({ node }: ProductList, { count }: NameProfile): string {
  return `${sayPath(node.keys)} has products in ${sayShare(node.events / count)} of the events.`
}

function sayBids(bids: readonly PathNode[], { count }: NameProfile): string {
  const shares = bids.map(({ keys, events }) => `${sayPath(keys)} in ${sayShare(events / count)} of the events`)
  return `The bids of ads are in ${shares.join(', and in ')}.`
}

function sayAmounts({ price, isLineTotal, quantity, agreement, of }: Amounts, profile: NameProfile): string {
  const what = `${sayPath(price.keys)} is the price of ${isLineTotal ? 'all items of a line' : 'one item'}`
  if (agreement === undefined) return `${what}, by its name. No order says its total.`
  const sum = isLineTotal || !quantity ? 'The lines' : `The lines, times ${sayPath(quantity.keys)},`
  const total = createOwnTotals(profile).path ?? 'the total'
  return `${what}. ${sum} make ${total} in ${sayShare(agreement)} of the orders compared (${of}).`
}

/** The fields of an action. */
export type Fields = Readonly<Record<string, InputField>>

/** The paths that were chosen for an event. What is absent stays as it is. */
export type Paths = {
  list?: ProductList
  /** Where the product is. Empty if new mappings find it, and undefined if there is none. */
  product: readonly PathNode[] | undefined
  bids: readonly PathNode[]
  user: PathNode | undefined
  amounts?: Amounts
  vendor?: PathNode
  currency?: PathNode
  /** The number of an order that is reported more than once. */
  id?: PathNode
  /** Where a page view has its page. */
  page?: PathNode
}

/**
 * Returns a mapping with the paths that were chosen. All other fields stay as in `base`.
 *
 * @param preset the mapping of the preset, whose product a chosen default is
 */
function buildMapping(base: JSONObject, preset: JSONObject, fields: Fields, paths: Paths): JSONObject {
  const { list, product, bids, user, currency, id, page } = paths
  const changes: Record<string, unknown> = {
    ...(id && { id: firstOf(toPath(id.keys), '$.messageId') }),
    ...(user && { opaqueUserId: firstOf(...unique([toPath(user.keys), '$.anonymousId', '$.userId'])) }),
    ...(currency && { currency: at(toPath(currency.keys)) }),
    ...(page && { page: changePage(fields.page, page) })
  }
  if (list) {
    const key = 'items' in fields ? 'items' : 'products'
    changes[key] = toList(list, paths, itemOf(base[key]), itemOf(fields[key].default))
  } else {
    if (product !== undefined) changes.productId = product.length > 0 ? read(product, list) : preset.productId
    if (bids.length > 0) changes.resolvedBidId = read(bids, list)
  }
  return { ...base, ...(changes as JSONObject) }
}

/** Returns what a directive makes of each item of a list. Undefined if it does not. */
function itemOf(directive: unknown): JSONObject | undefined {
  const parts = (Object(directive) as { '@arrayPath'?: unknown })['@arrayPath']
  return Array.isArray(parts) && isObject(parts[1]) ? (parts[1] as JSONObject) : undefined
}

/** Returns the directive of a list of lines or products. What was not chosen stays as it is. */
function toList(list: ProductList, paths: Paths, own: JSONObject | undefined, usual: JSONObject = {}): JSONValue {
  const { product = [], bids, amounts, vendor } = paths
  const item: Record<string, unknown> = {
    ...(own ?? usual),
    productId: product.length > 0 ? read(product, list) : usual.productId,
    ...(bids.length > 0 && { resolvedBidId: read(bids, list) }),
    ...(vendor && { vendorId: read([vendor], list) })
  }
  if (amounts) {
    const [right, wrong] = amounts.isLineTotal ? ['lineTotal', 'unitPrice'] : ['unitPrice', 'lineTotal']
    Reflect.deleteProperty(item, wrong)
    item[right] = read([amounts.price], list)
    if (amounts.quantity) item.quantity = read([amounts.quantity], list)
  }
  return { '@arrayPath': [toPath(list.node.keys), item as JSONObject] }
}

/** Puts the path of a page before those where a new mapping looks for it. */
function changePage(field: InputField, page: PathNode): JSONValue {
  const merged = structuredClone(field.default) as { '@merge': { objects: [Record<string, unknown>, unknown] } }
  merged['@merge'].objects[0].pageId = firstOf(toPath(page.keys), '$.context.page.path')
  return merged as unknown as JSONValue
}

function read(nodes: readonly PathNode[], list: ProductList | undefined): ReturnType<typeof at> {
  const [first, ...others] = unique(nodes.map((node) => toPath(keysFor(node, list))))
  return firstOf(first, ...others)
}

function unique(texts: readonly string[]): [string, ...string[]] {
  return [...new Set(texts)] as [string, ...string[]]
}
