import fc from 'fast-check'
import type { AttributedLine, AttributionSettings, EventsByType, EventsRequest, LinkUsersRequest } from '..'
import { createAttributionIndex } from '../attribution/attribution'
import type { AuctionFacts } from '../attribution/interaction'
import { changeSettings } from '../attribution/settings'
import type { Bid } from '../auctions/bids'

const DAY = 86_400_000
const START = Date.parse('2026-01-01T00:00:00Z')

/** A request with one event, or a link of two users. */
type Report = EventsRequest | LinkUsersRequest

const userId = fc.constantFrom('u1', 'u2', 'u3')
const productId = fc.constantFrom('p1', 'p2', 'p3')
const day = fc.integer({ min: 0, max: 40 })
const time = (day: number): string => new Date(START + day * DAY).toISOString()

const VENDORS: Partial<Record<string, string>> = { p1: 'v1', p2: 'v1' }

/** Bids of auctions on several days. */
const BIDS = new Map(
  [0, 5, 20].flatMap((auctionDay) =>
    (['listings', 'brands', 'banners'] as const).flatMap((format) =>
      ['p1', 'p2', 'p3'].map((id): [string, Bid] => {
        const resolvedBidId = `${format}-${id}-${auctionDay}`
        const auctionedAt = START + auctionDay * DAY
        const bid = { id, vendorId: VENDORS[id], format, resolvedBidId, auctionedAt }
        return [
          resolvedBidId,
          format === 'brands' ? { ...bid, type: 'url', productIds: [id] } : { ...bid, type: 'product' }
        ]
      })
    )
  )
)
const facts: AuctionFacts = { findBid: (id) => BIDS.get(id), findVendor: (id) => VENDORS[id] }

const interaction = fc.record(
  {
    day,
    opaqueUserId: userId,
    resolvedBidId: fc.constantFrom(...BIDS.keys(), 'made-up'),
    entity: productId.map((id) => ({ type: 'product' as const, id })),
    additionalAttribution: productId.map((id) => ({ type: 'product' as const, id }))
  },
  { requiredKeys: ['day', 'opaqueUserId'] }
)

const item = fc.record(
  { productId, unitPrice: fc.integer({ min: 1, max: 9 }), vendorId: fc.constantFrom('v1', 'v2') },
  { requiredKeys: ['productId', 'unitPrice'] }
)

const order = fc.record({ day, opaqueUserId: userId, items: fc.array(item, { minLength: 1, maxLength: 2 }) })

const link = fc
  .tuple(userId, userId)
  .filter(([from, to]) => from !== to)
  .map(([from, to]): LinkUsersRequest => ({ from, to }))

/** Reports of a shop in the order of arrival. Each event has its own id. */
const reports = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: interaction.map((value) => ({ list: 'clicks' as const, value })) },
      { weight: 2, arbitrary: interaction.map((value) => ({ list: 'impressions' as const, value })) },
      { weight: 4, arbitrary: order.map((value) => ({ list: 'purchases' as const, value })) },
      { weight: 1, arbitrary: link.map((value) => ({ list: 'links' as const, value })) }
    ),
    { maxLength: 30 }
  )
  .map((made) =>
    made.map(({ list, value }, index): Report => {
      if (list === 'links') return value
      const { day, ...event } = value
      return { [list]: [{ id: `e${index}`, occurredAt: time(day), ...event }] }
    })
  )

const windowDays = fc.integer({ min: 1, max: 30 })
const rules = fc.record({ model: fc.constantFrom('last-click' as const, 'last-impression' as const), windowDays })
const settings: fc.Arbitrary<AttributionSettings> = fc.record({
  listings: rules,
  brands: rules,
  banners: rules,
  halo: fc.boolean()
})

function attribute(reports: Report[], settings: AttributionSettings): AttributedLine[] {
  const index = createAttributionIndex(facts, 1_000)
  for (const report of reports) {
    if ('from' in report) index.link(report)
    else index.add(report)
  }
  return index.attribute(settings).lines
}

const toName = ({ purchaseId, line }: AttributedLine): string => `${purchaseId} ${line}`

test('the order of arrival does not matter', () => {
  const shuffled = reports.chain((some) =>
    fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))
  )
  fc.assert(
    fc.property(shuffled, settings, ([some, others], settings) => {
      expect(attribute(others, settings)).toEqual(attribute(some, settings))
    })
  )
})

test('a repeat changes nothing', () => {
  const withRepeats = reports.chain((some) => fc.tuple(fc.constant(some), fc.subarray(some)))
  fc.assert(
    fc.property(withRepeats, settings, ([some, repeats], settings) => {
      expect(attribute([...some, ...repeats], settings)).toEqual(attribute(some, settings))
    })
  )
})

test('a wider window never removes a credit', () => {
  fc.assert(
    fc.property(reports, settings, windowDays, (some, settings, more) => {
      const wider = {
        listings: settings.listings.windowDays + more,
        brands: settings.brands.windowDays + more,
        banners: settings.banners.windowDays + more
      }
      const widened = changeSettings(settings, { windowDays: wider })
      const after = new Map(attribute(some, widened).map((line) => [toName(line), line]))
      for (const line of attribute(some, settings)) {
        if (line.credited) expect(after.get(toName(line))?.credited).not.toBeNull()
      }
    })
  )
})

test('halo and impressions never remove a credit', () => {
  fc.assert(
    fc.property(reports, settings, (some, settings) => {
      const after = attribute(some, changeSettings(settings, { halo: true, model: 'last-impression' }))
      for (const [index, line] of attribute(some, settings).entries()) {
        if (line.credited) expect(after[index].credited).not.toBeNull()
      }
    })
  )
})

test('each line has a reason in whole sentences', () => {
  fc.assert(
    fc.property(reports, settings, (some, settings) => {
      for (const { reason } of attribute(some, settings)) expect(reason).toMatch(/^[A-Z].*\.$/)
    })
  )
})

test('the index finds the same credit as a scan of all events', () => {
  fc.assert(
    fc.property(reports, settings, (some, settings) => {
      const scanned = scan(some, settings)
      for (const line of attribute(some, settings)) {
        expect([toName(line), line.credited?.id ?? null]).toEqual([toName(line), scanned.get(toName(line)) ?? null])
      }
    }),
    { numRuns: 300 }
  )
})

/** Finds the credit for each order line by the published rules. It reads all events, without the index. */
function scan(reports: Report[], settings: AttributionSettings): Map<string, string | undefined> {
  const requests = reports.filter((report): report is EventsRequest => !('from' in report))
  const links = reports.filter((report): report is LinkUsersRequest => 'from' in report)
  const samePerson = (id: string): Set<string> => {
    const ids = new Set([id])
    for (let round = 0; round < 3; round += 1) {
      for (const { from, to } of links) if (ids.has(from) || ids.has(to)) ids.add(from).add(to)
    }
    return ids
  }

  type Candidate = { event: EventsByType['clicks']; isClick: boolean }
  const candidates: Candidate[] = requests.flatMap(({ clicks = [], impressions = [] }) => [
    ...clicks.map((event) => ({ event, isClick: true })),
    ...impressions.map((event) => ({ event, isClick: false }))
  ])
  const credits = new Map<string, string | undefined>()
  for (const purchase of requests.flatMap(({ purchases = [] }) => purchases)) {
    const ids = samePerson(purchase.opaqueUserId)
    for (const [index, { productId, vendorId }] of purchase.items.entries()) {
      const eligible = candidates.flatMap(({ event, isClick }) => {
        if (!event.resolvedBidId || !ids.has(event.opaqueUserId)) return []
        const bid = BIDS.get(event.resolvedBidId)
        const isListing = bid ? bid.format === 'listings' : !event.additionalAttribution
        const format = bid?.format ?? (isListing ? 'listings' : 'banners')
        if (!isClick && settings[format].model === 'last-click') return []
        const shown = isListing ? (bid?.id ?? event.entity?.id) : undefined
        const products = [shown, event.additionalAttribution?.id, ...(bid?.productIds ?? [])].filter(
          (id) => id !== undefined
        )
        const vendor = bid ? (bid.vendorId ?? products.map((id) => VENDORS[id]).find(Boolean)) : VENDORS[products[0]]
        const isOfVendor = vendorId !== undefined && vendor === vendorId
        const isSame = products.includes(productId) && (isOfVendor || vendorId === undefined || vendor === undefined)
        if (!isSame && !(settings.halo && isOfVendor)) return []

        const from = Math.max(Date.parse(event.occurredAt), bid?.auctionedAt ?? 0)
        const age = Date.parse(purchase.occurredAt) - from
        if (age < 0 || age > settings[format].windowDays * DAY) return []
        return [{ id: event.id, rank: [isClick, isListing, isSame, from, event.id] }]
      })
      const best = eligible.reduce<(typeof eligible)[number] | undefined>(
        (best, other) => (best && !beats(other.rank, best.rank) ? best : other),
        undefined
      )
      credits.set(`${purchase.id} ${index + 1}`, best?.id)
    }
  }
  return credits
}

function beats(one: (boolean | number | string)[], other: (boolean | number | string)[]): boolean {
  const place = one.findIndex((value, index) => value !== other[index])
  return place >= 0 && one[place] > other[place]
}
