import type { SentEvent } from './model'

type ReportIds = Pick<SentEvent, 'id' | 'messageId' | 'mapping'>

/**
 * Removes reports with the event id of an earlier report, because Topsort counts an id once. Reports that two mappings
 * made from one Segment call are kept even with one id: Topsort's sources disagree on whether both are billed.
 */
export function removeRepeats<AnyReport extends ReportIds>(reports: readonly AnyReport[]): AnyReport[] {
  if (reports.length < 2) return [...reports]
  const byId = new Map<string, AnyReport[]>()
  return reports.filter((report) => {
    const earlier = byId.get(report.id) ?? []
    byId.set(report.id, [...earlier, report])
    return earlier.length === 0 || earlier.every((other) => isByAnotherMapping(other, report))
  })
}

/** Returns whether two mappings made these reports from one Segment call. */
export function isByAnotherMapping(one: ReportIds, other: ReportIds): boolean {
  return one.messageId === other.messageId && one.mapping !== other.mapping
}
