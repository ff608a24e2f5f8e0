import { HOUR, MINUTE } from '../../core'
import type { WholeCheck, WholeResult } from '../model'
import { toCallSighting } from '../sighting'
import { createCases, summarizeCases, type Cases } from '../sketches/cases'
import { nameSource } from '../say'
import type { Sketch } from '../sketches/sketch'
import { libraryOf } from '../source'
import { createTopValues } from '../sketches/top-values'

/** Time zones differ by half hours at least. No zone is more than 14 hours from UTC. */
const ZONE_STEP = 30 * MINUTE
const MAX_ZONE = 14 * HOUR

/** SDKs and servers send a call within this time. */
const DELAY = 2 * MINUTE

const MIN_CALLS = 20
const MIN_SHARE = 0.8

/** How many sources and libraries are told apart, in up to 90 KB each. An archive has a few. */
const MAX_SOURCES = 100

/** The calls of a source arrive whole hours after their time, as if their clock were in another time zone. */
export const clockLag: WholeCheck = {
  code: 'clock-lag',
  severity: 'worth a look',
  title: 'The calls of a source have times that are whole hours too early',
  why: 'Topsort credits an order only to a click before it. An order whose time is hours too early seems to come before its click.',
  cure: 'Send the time with its zone, such as 2026-01-31T12:00:00Z or +02:00. Local time without a zone is read as UTC. If the source holds its calls back for whole hours by design, nothing is wrong.',
  start() {
    const sources = createTopValues(MAX_SOURCES, createLags)
    return {
      observe(observation, { ownTime, ownReceivedAt, source: { source } }) {
        const lag = ownReceivedAt - ownTime
        if (Number.isNaN(lag)) return
        const library = libraryOf(observation.event)
        const { countCall, zones } = sources.add(`${source || library}\n${library}`)
        countCall()
        const zone = findZone(lag)
        if (zone) zones.add(String(zone)).add(toCallSighting(observation))
      },
      result: () =>
        toResult(
          sources.list().flatMap(({ value, sketch }) => {
            const steps = sketch.zones.list().map(({ value: zone, sketch: cases }) => ({ zone: Number(zone), cases }))
            const count = steps.reduce((sum, { cases }) => sum + cases.count(), 0)
            const isStep = sketch.count() >= MIN_CALLS && count >= sketch.count() * MIN_SHARE
            return isStep ? [{ source: value.split('\n')[0], share: count / sketch.count(), steps }] : []
          })
        ),
      save: sources.save,
      merge: sources.merge
    }
  }
}

/** The calls of one source and library, and those that arrive whole zones after their time. */
type Lags = Sketch & {
  countCall: () => void
  count: () => number
  /** The calls by the difference of the zones, in milliseconds. */
  zones: ReturnType<typeof createTopValues<Cases>>
}

function createLags(): Lags {
  let count = 0
  const zones = createTopValues(MAX_ZONE / ZONE_STEP, createCases)
  return {
    countCall() {
      count += 1
    },
    count: () => count,
    zones,
    save: () => ({ count, zones: zones.save() }),
    merge(saved) {
      const other = saved as { count: number; zones: unknown }
      count += other.count
      zones.merge(other.zones)
    }
  }
}

/** Returns the difference of two time zones that explains a lag. Undefined if none does. Milliseconds. */
function findZone(lag: number): number | undefined {
  const zone = Math.floor(lag / ZONE_STEP) * ZONE_STEP
  return zone > 0 && zone <= MAX_ZONE && lag - zone <= DELAY ? zone : undefined
}

type Found = { source: string; share: number; steps: { zone: number; cases: Cases }[] }

function toResult(found: readonly Found[]): WholeResult | undefined {
  if (found.length === 0) return undefined
  const figures = summarizeCases(found.flatMap(({ steps }) => steps.map(({ cases }) => cases)))
  const [{ source, share, steps }] = found
  const hours = steps[0].zone / HOUR
  const sentence = `${Math.round(share * 100)} % of the calls of ${nameSource(source)} arrive a whole number of half hours after their time, most of them ${hours} ${hours === 1 ? 'hour' : 'hours'}.`
  return { ...figures, sentence }
}
