import { HOUR, MINUTE } from '../../core'
import type { WholeCheck, WholeResult } from '../model'
import type { CallFacts } from '../call'
import { dayNumber, sayDay } from '../days/days'
import type { Sighting } from '../finding'
import type { EventObservation } from '../observation'
import { toRevenue } from '../money'
import { toCallSighting } from '../sighting'
import { createCases, joinCases } from '../sketches/cases'
import { createDayShares } from '../sketches/keyed'
import { nameSource, sayList } from '../say'
import { joinSketches } from '../sketches/sketch'
import { libraryOf } from '../source'
import { createTopValues, type TopValue } from '../sketches/top-values'
import type { ClickMemory } from './click-memory'

/** Time zones differ by half hours at least. No zone is more than 14 hours from UTC. */
const ZONE_STEP = 30 * MINUTE
const MAX_ZONE = 14 * HOUR

/** SDKs and servers send a call within this time. */
const DELAY = 2 * MINUTE

const MIN_CALLS = 20
const MIN_SHARE = 0.8

/** How many events, by source and library, are told apart, in up to 90 KB each. An archive has a few. */
const MAX_EVENTS = 200

const MAX_DAYS = 800

/** An event of a source arrives whole hours after its time, as if a clock were in another time zone. */
export const clockLag: WholeCheck<ReturnType<typeof start>> = {
  code: 'clock-lag',
  severity: 'loses money',
  costs: ['uncredited'],
  title: 'The calls of a source have times that are whole hours too early',
  why: 'Topsort credits an order only to a click before it. An order whose time is hours too early seems to come before its click.',
  cure: 'Send the time with its zone, such as 2026-01-31T12:00:00Z or +02:00. Local time without a zone is read as UTC. If the source holds its calls back for whole hours by design, and their times are right, nothing is wrong.',
  start,
  observe({ memory, events }, observation, facts) {
    const lag = facts.ownReceivedAt - facts.ownTime
    if (Number.isNaN(lag)) return
    const { event } = observation
    const library = libraryOf(event)
    const name = event.event ?? event.type
    const { zones, days } = events.add(JSON.stringify([facts.source.source || library, library, name]))
    const zone = findZone(lag)
    days.add(dayNumber(facts.ownReceivedAt), zone !== undefined)
    if (zone) zones.add(String(zone)).add(toSighting(observation, facts, memory))
  },
  result: ({ events }) => toResult(events.list().flatMap(findLag))
}

function start(memory: ClickMemory) {
  const events = createTopValues(MAX_EVENTS, createLags)
  return { memory, events, save: events.save, merge: events.merge }
}

/** Returns a call as a case. Orders that would have been credited by the time of their receipt have lost their credit. */
function toSighting(observation: EventObservation, facts: CallFacts, memory: ClickMemory): Sighting {
  const sighting = toCallSighting(observation)
  const order = facts.orders.at(0)
  if (!order) return sighting
  const lost = order.lines.filter(({ productId }, index) => {
    return !order.clicked[index]?.hasBid && memory.find(order.user, productId, facts.receivedAt)?.hasBid
  })
  return lost.length === 0 ? sighting : { ...sighting, revenue: toRevenue(lost, order.properties) }
}

type Lags = ReturnType<typeof createLags>

/** The calls of one event, by the day of their receipt, and those that arrive whole zones after their time, by the lag. */
function createLags() {
  return joinSketches({
    days: createDayShares(MAX_DAYS),
    zones: createTopValues(MAX_ZONE / ZONE_STEP, createCases)
  })
}

/** Returns the difference of two time zones that explains a lag. Undefined if none does. Milliseconds. */
function findZone(lag: number): number | undefined {
  const zone = Math.floor(lag / ZONE_STEP) * ZONE_STEP
  return zone > 0 && zone <= MAX_ZONE && lag - zone <= DELAY ? zone : undefined
}

/** Returns the lag of an event, if most of its calls have one from a day on. */
function findLag({ value, sketch }: TopValue<Lags>) {
  const days = sketch.days.list()
  const late = days.filter(([, calls, count]) => count >= calls * MIN_SHARE).map(([day]) => day)
  const [first, last] = [late.at(0), late.at(-1)]
  if (first === undefined || last === undefined) return []
  const period = days.filter(([day]) => day >= first && day <= last)
  const sum = (index: 1 | 2): number => period.reduce((all, day) => all + day[index], 0)
  if (sum(2) < MIN_CALLS || sum(2) < sum(1) * MIN_SHARE) return []
  // It may begin in the middle of a day.
  const start = days.find(([day, , count]) => day >= first - 1 && count > 0)
  const [source, , name] = JSON.parse(value) as [string, string, string]
  const steps = sketch.zones.list().map(({ value: zone, sketch: cases }) => ({ zone: Number(zone), cases }))
  /** The first day, if there were days without a lag before it. */
  const since = start && start !== days[0] ? start[0] : undefined
  return [{ source, name, share: sum(2) / sum(1), steps, since }]
}

function toResult(found: ReturnType<typeof findLag>): WholeResult | undefined {
  if (found.length === 0) return undefined
  const all = joinCases(found.flatMap(({ steps }) => steps.map(({ cases }) => cases)))
  const [{ source, share, steps, since }] = found
  const names = found.filter((each) => each.source === source).map(({ name }) => `"${name}"`)
  const hours = steps[0].zone / HOUR
  const day = since === undefined ? '' : `Since ${sayDay(since)}, `
  const sentence = `${day}${Math.round(share * 100)} % of the calls ${sayList(names.slice(0, 3))} of ${nameSource(source)} have a time that is too early by whole or half hours, most of them by ${hours} ${hours === 1 ? 'hour' : 'hours'}.`
  return { ...all.figures('uncredited'), sentence }
}
