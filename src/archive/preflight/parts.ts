import { dayOf, type Source } from '../read'

/** A part of an archive, for one worker. */
export type Part = {
  /** The files of the day before. They are read first, and not counted. */
  before: Source[]
  sources: Source[]
}

/**
 * Splits an archive between the days of its folders, or else between its files, so that all parts take about the same
 * time. The files are in the order in which they are read.
 *
 * @returns at most `count` parts, and fewer if there are not as many days
 */
export function splitIntoParts(sources: readonly Source[], count: number): Part[] {
  const days = groupByDay(sources)
  const total = days.reduce((sum, day) => sum + sizeOf(day), 0)
  // Each part but the first one reads a day more than its own, so the first one gets a day more.
  const extra = total / days.length
  const parts: Part[] = []
  let size = 0
  days.forEach((day, index) => {
    const middle = size + sizeOf(day) / 2
    const number = Math.floor(((middle - extra) / (total - extra)) * count) || 0
    if (parts.length === 0 || number >= parts.length) {
      parts.push({ before: index === 0 ? [] : days[index - 1], sources: [] })
    }
    parts[parts.length - 1].sources.push(...day)
    size += sizeOf(day)
  })
  return parts
}

function groupByDay(sources: readonly Source[]): Source[][] {
  const days = new Map<string, Source[]>()
  for (const source of sources) {
    const day = dayOf(source)
    const key = day === 0 ? source.name : String(day)
    const group = days.get(key)
    if (group) group.push(source)
    else days.set(key, [source])
  }
  return [...days.values()]
}

function sizeOf(sources: readonly Source[]): number {
  return sources.reduce((sum, source) => sum + ('size' in source ? source.size : 0), 0)
}
