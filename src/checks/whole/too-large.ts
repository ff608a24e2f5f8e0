import { isObject } from '../../core'
import type { WholeCheck, WholeResult } from '../model'
import type { EventObservation } from '../observation'
import { toCallSighting } from '../sighting'
import { createCases, summarizeCases, type Cases } from '../sketches/cases'
import type { Sketch } from '../sketches/sketch'
import { createTopValues } from '../sketches/top-values'

/** Segment's limit for one call, in bytes of JSON. */
const LIMIT = 32 * 1024

const MAX_BYTES = 0.8 * LIMIT

/** How many names of events are told apart, in 3 KB each. Few shops have more names of large events. */
const MAX_NAMES = 100

/** A character of JSON has up to 3 bytes in UTF-8, so a call with fewer characters needs no exact count. */
const MAX_CHARACTERS = MAX_BYTES / 3

/** Calls are nearly as large as Segment allows. Larger ones never arrive, so this is the last warning. */
export const tooLarge: WholeCheck = {
  code: 'too-large',
  severity: 'worth a look',
  title: 'Calls are nearly as large as Segment allows',
  why: 'Segment drops a call of more than 32 KB, and nobody sees it. If calls of 26 KB arrive, larger ones of the same kind are probably lost.',
  cure: 'Report long lists in parts, for example the products that the user has seen, and send only the properties of a product that a mapping reads.',
  start() {
    const names = createTopValues(MAX_NAMES, createLarge)
    return {
      observe(observation) {
        const { event } = observation
        if (countCharacters(event, MAX_CHARACTERS) < MAX_CHARACTERS) return
        const bytes = Buffer.byteLength(JSON.stringify(event))
        if (bytes >= MAX_BYTES) names.add(event.event ?? event.name ?? event.type).add(observation, bytes)
      },
      result: () => toResult(names.list()),
      save: names.save,
      merge: names.merge
    }
  }
}

/** Large calls of one name. */
type Large = Sketch & {
  cases: Cases
  add: (observation: EventObservation, bytes: number) => void
  /** Returns the size of the largest call, in bytes. */
  most: () => number
  /** Returns whether a call has a list of products. */
  hasList: () => boolean
}

function createLarge(): Large {
  const cases = createCases()
  let kept = { most: 0, hasList: false }
  return {
    cases,
    add(observation, bytes) {
      cases.add(toCallSighting(observation))
      const hasList = Object.values(observation.event.properties ?? {}).some((value) => Array.isArray(value))
      kept = { most: Math.max(kept.most, bytes), hasList: kept.hasList || hasList }
    },
    most: () => kept.most,
    hasList: () => kept.hasList,
    save: () => ({ cases: cases.save(), ...kept }),
    merge(saved) {
      const other = saved as { cases: unknown; most: number; hasList: boolean }
      cases.merge(other.cases)
      kept = { most: Math.max(kept.most, other.most), hasList: kept.hasList || other.hasList }
    }
  }
}

/** The sentence names lists first, because a list can be sent in parts. */
function toResult(names: readonly { value: string; sketch: Large }[]): WholeResult | undefined {
  const worst = names.find(({ sketch }) => sketch.hasList()) ?? names.at(0)
  if (!worst) return undefined
  const { cases, most } = worst.sketch
  const size = `${(most() / 1024).toFixed(1)} KB`
  const many =
    cases.count() === 1 ? `A call of ${worst.value} has` : `${cases.count()} calls of ${worst.value} have up to`
  return {
    ...summarizeCases(names.map(({ sketch }) => sketch.cases)),
    sentence: `${many} ${size}. Segment drops calls of more than 32 KB.`
  }
}

/** Returns about how many characters of JSON a value has, never more. Stops counting at `limit`. */
function countCharacters(value: unknown, limit: number): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 1
  let count = 0
  if (isObject(value)) {
    for (const key in value) {
      count += key.length + 3 + countCharacters(value[key], limit)
      if (count >= limit) break
    }
    return count
  }
  for (const each of value as unknown[]) {
    count += 1 + countCharacters(each, limit)
    if (count >= limit) break
  }
  return count
}
