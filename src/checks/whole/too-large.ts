import { isObject } from '../../core'
import type { WholeCheck, WholeResult } from '../model'
import { toCallSighting } from '../sighting'
import { createCases, joinCases } from '../sketches/cases'
import { joinSketches, keepValue } from '../sketches/sketch'
import { createTopValues, type TopValues } from '../sketches/top-values'

/** Segment's limit for one call, in bytes of JSON. */
const LIMIT = 32 * 1024

const MAX_BYTES = 0.8 * LIMIT

/** How many names of events are told apart, in 3 KB each. Few shops have more names of large events. */
const MAX_NAMES = 100

/** A character of JSON has up to 3 bytes in UTF-8, so a call with fewer characters needs no exact count. */
const MAX_CHARACTERS = MAX_BYTES / 3

/** Calls are nearly as large as Segment allows. Larger ones never arrive, so this is the last warning. */
export const tooLarge: WholeCheck<TopValues<Large>> = {
  code: 'too-large',
  severity: 'worth a look',
  title: 'Calls are nearly as large as Segment allows',
  why: 'Segment drops a call of more than 32 KB, and nobody sees it. If calls of 26 KB arrive, larger ones of the same kind are probably lost.',
  cure: 'Report long lists in parts, for example the products that the user has seen, and send only the properties of a product that a mapping reads.',
  start: () => createTopValues(MAX_NAMES, createLarge),
  observe(names, observation) {
    const { event } = observation
    if (countCharacters(event, MAX_CHARACTERS) < MAX_CHARACTERS) return
    const bytes = Buffer.byteLength(JSON.stringify(event))
    if (bytes < MAX_BYTES) return
    const { cases, size } = names.add(event.event ?? event.name ?? event.type)
    cases.add(toCallSighting(observation))
    size.value.most = Math.max(size.value.most, bytes)
    size.value.hasList ||= Object.values(event.properties ?? {}).some((value) => Array.isArray(value))
  },
  result: (names) => toResult(names.list())
}

type Large = ReturnType<typeof createLarge>

/** Large calls of one name: the bytes of the largest one, and whether any of them has a list of products. */
function createLarge() {
  const size = keepValue({ most: 0, hasList: false }, { most: Math.max })
  return joinSketches({ cases: createCases(), size })
}

/** The sentence names lists first, because a list can be sent in parts. */
function toResult(names: readonly { value: string; sketch: Large }[]): WholeResult | undefined {
  const worst = names.find(({ sketch }) => sketch.size.value.hasList) ?? names.at(0)
  if (!worst) return undefined
  const { cases, size } = worst.sketch
  const largest = `${(size.value.most / 1024).toFixed(1)} KB`
  const many =
    cases.count() === 1 ? `A call of ${worst.value} has` : `${cases.count()} calls of ${worst.value} have up to`
  return {
    ...joinCases(names.map(({ sketch }) => sketch.cases)).figures(),
    sentence: `${many} ${largest}. Segment drops calls of more than 32 KB.`
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
