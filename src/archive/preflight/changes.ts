import type { Difference } from '../../pipeline'
import { MAX_SAMPLES } from './message-groups'
import type { Change } from './report'

/** Counts the values that the destination changes or omits. */
export type Changes = {
  add: (mapping: string, difference: Difference, event: { place: () => string; messageId: string }) => void
  /** Returns them, most frequent first. */
  list: () => Change[]
}

/**
 * Fields that are there to be chosen from, or to decide how another one is read. Nothing is lost when they are not sent as
 * they are.
 */
const CHOICES = new Set([
  'deviceType',
  'currency',
  'items[].brand',
  'page.title',
  'page.names',
  'page.otherIds',
  ...['items[]', 'products[]'].flatMap((list) => ['productId', 'id', 'sku'].map((name) => `${list}.otherIds.${name}`))
])

const MAX_SHOWN = 80

const MAX_CHANGES = 500

export function createChanges(): Changes {
  const changes = new Map<string, Change>()
  return {
    add(mapping, difference, { place, messageId }) {
      const path = difference.path.replace(/\[\d+\]/g, '[]')
      if (CHOICES.has(path) || isChosen(difference)) return
      const kind = 'to' in difference ? 'changed' : 'omitted'
      const key = `${mapping}\n${path}\n${kind}`
      let change = changes.get(key)
      if (!change) {
        if (changes.size >= MAX_CHANGES) return
        change = { mapping, path, kind, count: 0, samples: [] }
        changes.set(key, change)
      }
      change.count += 1
      if (change.samples.length >= MAX_SAMPLES) return
      const { from, to } = difference
      const shown = { from: show(from), ...(kind === 'changed' && { to: show(to) }) }
      if (change.samples.some((sample) => sample.from === shown.from)) return
      change.samples.push({ place: place(), messageId, ...shown })
    },
    list: () => [...changes.values()].sort(byCount)
  }
}

/** Whether a list has several values to choose from, and one of them is sent. */
function isChosen({ from, to }: Difference): boolean {
  return Array.isArray(from) && from.some((item) => String(item).trim() === String(to))
}

export function byCount(one: Change, other: Change): number {
  return other.count - one.count || (`${one.mapping}\n${one.path}` < `${other.mapping}\n${other.path}` ? -1 : 1)
}

function show(value: unknown): string {
  const json = (JSON.stringify(value) as string | undefined) ?? ''
  return json.length > MAX_SHOWN ? `${json.slice(0, MAX_SHOWN)}…` : json
}
