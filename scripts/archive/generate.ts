import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { DAY, MINUTE } from '../../src/core'
import topsort from '../../src/destinations/topsort'
import { type Mapping, presetMappings, writeSavedMappings } from '../../src/pipeline'
import type { BreakName } from './breaks'
import type { Line, Memory, World } from './calls'
import { createProducts } from './marketplace'
import type { MistakeRates } from './mistakes'
import { createRandom } from './random'
import type { Random } from './random'
import { createShopper } from './shoppers'
import { createTruthTally } from './truth'
import type { Channel } from './shoppers'
import type { Truth } from './truth'
import { makeRobotVisit, makeVisit } from './visit'
import { createArchiveWriter } from './write-files'

/** The options of an archive. Rates are shares from 0 to 1. */
export type ArchiveOptions = {
  /** The folder to write to. It is created if it does not exist. */
  out: string
  /** The number of events. The archive has at most one visit more. */
  events: number
  users: number
  products: number
  days: number
  /** The first day, in milliseconds since 1970. */
  start: number
  /** The same seed and options give the same archive. */
  seed: number
  mistakes: MistakeRates
  /** What breaks for good. */
  breaks: readonly BreakName[]
  /** The first day of the broken release, counted from 1. Default: after 70 % of the days. */
  breakDay?: number
  /** How many times as many events the last day has as the first one. */
  growth: number
  /** How many events Saturdays and Sundays have, compared with other days. */
  weekends: number
  /** How many times as many events the three days of a campaign have, which begin after 40 % of the days. */
  campaign: number
  /** The first day of the android app, counted from 1. */
  lateDay: number
  /** The share of events that Segment received twice. */
  repeats: number
  /** The share of visits whose `integrations` exclude Topsort. */
  excluded: number
  /** The share of order lines whose price is text, such as `$1,299.00`. */
  textPrices: number
  /** The share of lines that are followed by a truncated line. */
  brokenLines: number
  linesPerFile: number
}

/** The options of an archive that nobody changed. */
export const DEFAULTS: Omit<ArchiveOptions, 'out'> = {
  events: 100_000,
  users: 50_000,
  products: 20_000,
  days: 30,
  start: Date.UTC(2025, 0, 1),
  seed: 1,
  mistakes: {},
  breaks: [],
  growth: 1,
  weekends: 1,
  campaign: 1,
  lateDay: 1,
  repeats: 0.002,
  excluded: 0.01,
  textPrices: 0.01,
  brokenLines: 0,
  linesPerFile: 20_000
}

/** Events are made and written in spans of ten minutes. Milliseconds. */
const SPAN = 10 * MINUTE
const SPANS_PER_DAY = 144

/** The source that may start late. */
const LATE_CHANNEL: Channel = 'android'

/** The number of the shopper that is a program. */
const ROBOT = 1_000_000_000

/** No visit starts in the last hours, so that nearly all of them end on the last day. */
const QUIET_SPANS = 12

/**
 * Generates the archive of a marketplace, and writes the results that a report must find to `truth.json`. The mistake
 * `double-click` needs another mapping. If it is made, `mappings.json` has all mappings, as Segment's Public API returns
 * them.
 *
 * Only the history of each shopper is kept in memory, so an archive can be as large as the disk.
 */
export async function generateArchive(given: Partial<ArchiveOptions> & { out: string }): Promise<Truth> {
  const options: ArchiveOptions = { ...DEFAULTS, ...given }
  const { out, events, days, start, seed, mistakes } = options
  await mkdir(out, { recursive: true })
  const random = createRandom(seed)
  const truth = createTruthTally()
  const { repeats, excluded, textPrices } = options
  const products = createProducts(options.products, seed)
  const breakDay = options.breakDay ?? Math.floor(days * 0.7) + 1
  const broken = { names: options.breaks, from: start + (breakDay - 1) * DAY }
  const world: World = { products, random, rates: mistakes, textPrices, excluded, repeats, broken, truth, orders: [] }
  const writer = createArchiveWriter(out, options.linesPerFile)
  const shoppers = createCrowd(options, random)
  const pending = new Map<number, Line[]>()
  const spans = days * SPANS_PER_DAY
  const goal = goals(spans, events, (span) => weightOfDay(options, Math.floor(span / SPANS_PER_DAY)))
  let made = 0

  function visit(time: number): void {
    const { number, memory } = shoppers.choose(time)
    add(makeVisit(world, createShopper(number, seed), memory, time))
  }

  function add(added: readonly Line[]): void {
    for (const line of added) {
      const span = Math.floor((line.receivedAt - start) / SPAN)
      const lines = pending.get(span)
      if (lines) lines.push(line)
      else pending.set(span, [line])
      made += 1
    }
  }

  async function write(span: number): Promise<void> {
    const lines = pending.get(span) ?? []
    pending.delete(span)
    lines.sort((one, other) => one.receivedAt - other.receivedAt)
    for (const { channel, receivedAt, text } of lines) {
      await writer.write(channel, receivedAt, text)
      if (!random.chance(options.brokenLines)) continue
      truth.unreadable()
      await writer.write(channel, receivedAt, text.slice(0, Math.floor(text.length / 2)))
    }
  }

  for (let span = 0; span < spans; span += 1) {
    if (broken.names.includes('click-robot') && span % SPANS_PER_DAY === 0)
      add(makeRobotVisit(world, createShopper(ROBOT, seed), start + span * SPAN))
    while (made < goal(span)) visit(start + span * SPAN + random.integer(0, SPAN - 1))
    await write(span)
  }
  for (const span of [...pending.keys()].sort((one, other) => one - other)) await write(span)
  await writer.close()

  const result = truth.truth()
  await writeJson(path.join(out, 'truth.json'), { options: { ...options, out: undefined }, ...result })
  if (mistakes['double-click'] !== undefined)
    await writeJson(path.join(out, 'mappings.json'), writeSavedMappings(withCart()))
  return result
}

/** Chooses the shopper of each visit, and remembers the history of each one. */
function createCrowd({ users, start, seed, lateDay }: ArchiveOptions, random: Random) {
  const memories = new Map<number, Memory>()
  const lateFrom = start + (lateDay - 1) * DAY
  let guests = 0

  function isFree(number: number, time: number): boolean {
    if ((memories.get(number)?.busyUntil ?? 0) >= time) return false
    return time >= lateFrom || createShopper(number, seed).channel !== LATE_CHANNEL
  }

  function chooseNumber(time: number): number {
    for (let tries = 0; tries < 20; tries += 1) {
      const number = random.rank(users, 1.5)
      if (isFree(number, time)) return number
    }
    // Everybody is in a visit already, so a new shopper comes.
    do guests += 1
    while (!isFree(users + guests, time))
    return users + guests
  }

  return {
    choose(time: number): { number: number; memory: Memory } {
      const number = chooseNumber(time)
      const memory = memories.get(number) ?? { busyUntil: 0, clicks: new Map(), lostClicks: new Map() }
      memories.set(number, memory)
      return { number, memory }
    }
  }
}

/** Returns a function that returns the number of events at the end of a span. Shops are busy in the evening. */
function goals(spans: number, events: number, weightOf: (span: number) => number): (span: number) => number {
  const weights = Array.from({ length: spans }, (_, span) => {
    if (span >= spans - QUIET_SPANS) return 0
    const hour = (span % SPANS_PER_DAY) / 6
    return weightOf(span) * (1.1 - Math.cos(((hour - 8) / 24) * 2 * Math.PI) + (hour > 7 && hour < 23 ? 0.6 : 0))
  })
  let reached = 0
  const sums = weights.map((weight) => (reached += weight))
  return (span) => Math.round((sums[span] / reached) * events)
}

/** Returns how busy a day is, counted from 0, compared with the first one. */
function weightOfDay({ start, days, growth, weekends, campaign }: ArchiveOptions, day: number): number {
  const weekday = new Date(start + day * DAY).getUTCDay()
  const isWeekend = weekday === 0 || weekday === 6
  const sinceCampaign = day - Math.floor(days * 0.4)
  const isCampaign = sinceCampaign >= 0 && sinceCampaign < 3
  return growth ** (day / Math.max(1, days - 1)) * (isWeekend ? weekends : 1) * (isCampaign ? campaign : 1)
}

/** Returns the mappings of a new customer, and one that reports each Product Added as a click. */
export function withCart(): Mapping[] {
  const presets = presetMappings(topsort)
  const click = presets.find(({ name }) => name === 'Click')
  if (!click) throw new Error('The destination has no preset "Click".')
  const subscribe = 'type = "track" and event = "Product Added"'
  return [...presets, { ...click, name: 'Add to Cart', subscribe }]
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`)
}
