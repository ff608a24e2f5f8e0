import { failedField, findSiblings } from '../../checks'
import { groupBy } from '../../core'
import type { EventResult, TakenEvent } from '../../pipeline'
import type { PreviewFailure } from '../api'

/** An event, and the result of a mapping for it. */
export type Tried = { event: TakenEvent; result: EventResult }

/** A shop has few names for one thing. */
const MAX_FOUND = 3

/**
 * Groups the events that a mapping would fail by the reason and the field that they fail for. The largest group comes
 * first. Looks in each group for values that the field lacks.
 */
export function listFailures(tried: readonly Tried[]): PreviewFailure[] {
  const failed = tried.filter(({ result }) => !result.ok)
  const groups = groupBy(
    failed,
    ({ result: { reason, message } }) => `${reason?.code ?? message} ${failedField(reason)}`
  )
  return [...groups.values()].map(toFailure).sort((one, other) => other.count - one.count)
}

function toFailure(group: readonly Tried[]): PreviewFailure {
  const { reason, message } = group[group.length - 1].result
  const field = failedField(reason)
  return {
    count: group.length,
    field,
    code: reason?.code ?? '',
    message,
    found: mostFrequent(group.flatMap(({ event }) => findSiblings(event, field))).slice(0, MAX_FOUND)
  }
}

function mostFrequent(paths: readonly string[]): string[] {
  const groups = [...groupBy(paths, (path) => path).values()]
  return groups.sort((one, other) => other.length - one.length).map(([path]) => path)
}
