import type { Interaction, Purchase } from './facts'

type Report = Pick<Interaction | Purchase, 'id' | 'messageId' | 'mapping'>

/**
 * Returns the reports without those that count once with an earlier one because they have its event id. If two mappings
 * took one Segment call, they are two reports even with one id: Topsort's own sources disagree on whether such a repeat
 * is billed.
 */
export function distinctReports<AnyReport extends Report>(reports: readonly AnyReport[]): AnyReport[] {
  const byId = new Map<string, AnyReport[]>()
  return reports.filter((report) => {
    const earlier = byId.get(report.id) ?? []
    byId.set(report.id, [...earlier, report])
    return earlier.length === 0 || earlier.every((other) => isByAnotherMapping(other, report))
  })
}

/** Whether two mappings made these reports from one Segment call. */
export function isByAnotherMapping(one: Report, other: Report): boolean {
  return one.messageId === other.messageId && one.mapping !== other.mapping
}
