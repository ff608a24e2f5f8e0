import type { Difference } from '../../comparison'
import { clip, remember } from '../../core'
import { MAX_SAMPLES } from './message-groups'
import type { Change, SamplePlace } from './report'

/** Every browser sends its user agent for `mobile` or `desktop`. Nothing is lost when it becomes one of them. */
const DEVICE = 'deviceType'

const MAX_SHOWN = 80

const MAX_CHANGES = 500

/** Counts the values that the destination changes or omits. */
export function createChanges() {
  const changes = new Map<string, Change>()
  const toGeneralPath = remember(MAX_CHANGES, (path) => path.replace(/\[\d+\]/g, '[]'))

  return {
    add(mapping: string, difference: Difference, place: () => SamplePlace, messageId: string): void {
      const path = toGeneralPath(difference.path)
      const kind = 'to' in difference ? 'changed' : 'omitted'
      if (path === DEVICE && kind === 'changed') return
      const key = `${mapping}\n${path}\n${kind}`
      let change = changes.get(key)
      if (!change) {
        if (changes.size >= MAX_CHANGES) return
        change = { mapping, path, kind, count: 0, samples: [] }
        changes.set(key, change)
      }
      change.count += 1
      if (change.samples.length >= MAX_SAMPLES) return
      const from = show(difference.from)
      if (change.samples.some((sample) => sample.from === from)) return
      change.samples.push({ ...place(), messageId, from, ...(kind === 'changed' && { to: show(difference.to) }) })
    },
    /** Returns them, most frequent first. */
    list: () => [...changes.values()].sort(byCount)
  }
}

export function byCount(one: Change, other: Change): number {
  return other.count - one.count || (`${one.mapping}\n${one.path}` < `${other.mapping}\n${other.path}` ? -1 : 1)
}

function show(value: unknown): string {
  const json = JSON.stringify(value) as string | undefined
  return clip(json ?? '', MAX_SHOWN)
}
