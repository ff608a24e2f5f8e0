import { roundAmount } from '../money'
import { dayName, dayNumber, isDay } from './days'
import type { CallSource } from '../source'

/** What is counted for each source, platform, version and day. The names are also those of the JSON of a report. */
export const COUNTS = [
  /** Calls of any kind. */
  'events',
  /** Calls that a mapping takes, and those that fail. */
  'taken',
  'failed',
  'impressions',
  'impressionsWithBid',
  'clicks',
  'clicksWithBid',
  /** Pairs of a user and a product, on the day of their first click, and those with a bid. */
  'pairs',
  'pairsWithBid',
  /** Orders that a mapping takes, those that were sent, and those of users who clicked before. */
  'orders',
  'ordersSent',
  'ordersWithClick',
  /** Lines of the orders, and those with a price. */
  'lines',
  'linesWithPrice',
  /** Order lines whose product the user clicked, by the group of the click, and those with a bid of at most 14 days. */
  'linesClicked',
  'linesCredited'
] as const

export type CountName = (typeof COUNTS)[number]

/** The sums of money of a group and a day, for each currency. */
const SUMS = [
  /** In the orders that were sent by calls of the group. */
  'reported',
  /** In orders of users who clicked before. */
  'afterClick',
  /** In order lines whose product the user clicked, by the group of the click, and those with a bid of at most 14 days. */
  'clicked',
  'credited'
] as const

export type SumName = (typeof SUMS)[number]

/** The counts of a day. */
export type DayCounts = Record<CountName, number> & {
  /** By currency. The key of an unknown currency is empty text. */
  money: Record<string, Record<SumName, number>>
}

/** The calls of one source, platform, version and SDK. */
export type CallGroup = CallSource & { days: Map<number, DayCounts> }

/** Counts by source, platform, version, SDK and day. */
export type GroupDays = ReturnType<typeof createGroupDays>

/** A group as plain JSON. The counts of a day are one text, because a report has many of them. */
type SavedGroup = CallSource & { days: Record<string, string>; money: Record<string, Record<string, string>> }

/** Of more groups, the rest is one group without names. */
const MAX_GROUPS = 200
const MAX_DAYS = 800
const MAX_CURRENCIES = 8

const REST: CallSource = { source: '', platform: '', version: '', sdk: '' }

/** Creates empty counts. */
export function createGroupDays() {
  const groups = new Map<string, CallGroup>()
  const cached = new WeakMap<CallSource, CallGroup>()

  function findGroup({ source, platform, version, sdk }: CallSource): CallGroup {
    const key = keyOf({ source, platform, version, sdk })
    const known = groups.get(key)
    if (known) return known
    if (groups.size >= MAX_GROUPS && key !== keyOf(REST)) return findGroup(REST)
    const group = { source, platform, version, sdk, days: new Map<number, DayCounts>() }
    groups.set(key, group)
    return group
  }

  /** Returns the counts of a source on the day of a time, which can be changed. */
  function of(source: CallSource, time: number): DayCounts {
    const group = cached.get(source) ?? findGroup(source)
    cached.set(source, group)
    const { days } = group
    const number = dayNumber(time)
    const known = days.get(number)
    if (known) return known
    const counts = emptyCounts()
    if (isDay(number) && days.size < MAX_DAYS) days.set(number, counts)
    return counts
  }

  /** Returns all groups, sorted by their names. */
  const list = (): CallGroup[] => [...groups.values()].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))

  return {
    of,
    list,
    save: () => list().map(toSaved),
    merge: (saved: unknown): void => {
      for (const group of saved as SavedGroup[]) {
        for (const [day, text] of Object.entries(group.days)) {
          addTo(of(group, Date.parse(day)), readCounts(text, group.money[day]))
        }
      }
    }
  }
}

/** Returns counts of nothing. */
export function emptyCounts(): DayCounts {
  const counts = Object.fromEntries(COUNTS.map((name) => [name, 0])) as Record<CountName, number>
  return { ...counts, money: {} }
}

/** Adds money to the sums of a day. */
export function addSum({ money }: DayCounts, name: SumName, amount: number, currency: string | null): void {
  const key = currency ?? ''
  if (!Object.hasOwn(money, key)) {
    if (Object.keys(money).length >= MAX_CURRENCIES) return
    money[key] = { reported: 0, afterClick: 0, clicked: 0, credited: 0 }
  }
  money[key][name] = roundAmount(money[key][name] + amount)
}

/** Adds the second counts to the first ones. */
export function addTo(counts: DayCounts, more: DayCounts): void {
  for (const name of COUNTS) counts[name] += more[name]
  for (const [currency, sums] of Object.entries(more.money)) {
    for (const name of SUMS) addSum(counts, name, sums[name], currency)
  }
}

/** Adds up the counts of several days. */
export function addUpDays(days: Iterable<DayCounts>): DayCounts {
  const all = emptyCounts()
  for (const day of days) addTo(all, day)
  return all
}

function keyOf({ source, platform, version, sdk }: CallSource): string {
  return JSON.stringify([source, platform, version, sdk])
}

function toSaved({ days, ...source }: CallGroup): SavedGroup {
  const saved: SavedGroup = { ...source, days: {}, money: {} }
  for (const [number, counts] of [...days].sort(([one], [other]) => one - other)) {
    const day = dayName(number)
    saved.days[day] = COUNTS.map((name) => counts[name]).join(' ')
    const sums = Object.entries(counts.money).sort(([one], [other]) => (one < other ? -1 : 1))
    const texts = sums.map(([currency, sum]) => [currency, SUMS.map((name) => sum[name]).join(' ')])
    if (texts.length > 0) saved.money[day] = Object.fromEntries(texts) as Record<string, string>
  }
  return saved
}

function readCounts(text: string, money: Record<string, string> = {}): DayCounts {
  const counts = emptyCounts()
  text.split(' ').forEach((number, index) => {
    counts[COUNTS[index]] = Number(number)
  })
  for (const [currency, sums] of Object.entries(money)) {
    sums.split(' ').forEach((amount, index) => {
      addSum(counts, SUMS[index], Number(amount), currency)
    })
  }
  return counts
}
