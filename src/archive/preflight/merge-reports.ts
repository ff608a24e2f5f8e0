import { compareCost, createWholes, type SavedWholes } from '../../checks'
import { byCount as byCountOfChange } from './changes'
import { addUp, emptyDay, emptyReport, toReport } from './counts'
import { byCount, MAX_SAMPLES } from './message-groups'
import type { Change, MessageGroup, PlacedFinding, Report } from './report'
import { byAmount } from './revenue'

/**
 * Merges the reports of parts of an archive. The parts have no event in common, and those of one user are in one part:
 * otherwise credit and earlier clicks are counted too low.
 */
export function mergeReports(reports: readonly Report[]): Report {
  const none = emptyReport()
  const of = <Key extends keyof Report>(key: Key): Report[Key][] => reports.map((report) => report[key])
  const days = of('days')
    .flat()
    .map((day) => ({ ...emptyDay(day.day), ...day }))
  const reasons = of('revenue')
    .flatMap((revenue) => revenue.reasons)
    .map((reason) => ({ ...reason, amounts: { ...reason.amounts } }))
  return toReport({
    ...none,
    input: { ...addUp(none.input, of('input')), ...timesOf(reports) },
    mappings: mergeBy(of('mappings').flat(), ({ name, action }) => `${name}\n${action}`),
    failures: mergeGroups(of('failures').flat()),
    leftOut: mergeGroups(of('leftOut').flat()),
    unreadable: mergeGroups(of('unreadable').flat()),
    changes: mergeBy(of('changes').flat(), keyOfChange).sort(byCountOfChange),
    ...mergeChecks(reports),
    coverage: addUp(none.coverage, of('coverage')),
    revenue: { ...addUp(none.revenue, of('revenue')), reasons: mergeBy(reasons, keyOfGroup).sort(byAmount) },
    days: mergeBy(days, ({ day }) => day).sort((one, other) => (one.day < other.day ? -1 : 1)),
    limits: [...new Set(of('limits').flat())]
  })
}

/**
 * Merges the findings. Those of the checks that need all calls are made anew from the sketches of all parts. Reports of
 * older versions have no sketches.
 */
function mergeChecks(reports: readonly Report[]): Pick<Report, 'findings' | 'sketches'> {
  const findings = reports.flatMap((report) => report.findings)
  const wholes = createWholes(reports.map((report) => (report as { sketches?: SavedWholes }).sketches ?? {}))
  const sketches = wholes.save()
  const places = new Map(findings.flatMap(({ samples }) => samples.map(({ messageId, place }) => [messageId, place])))
  const ofWholes = wholes.findings().map((finding) => ({
    ...finding,
    samples: finding.samples.map((sample) => {
      const place = places.get(sample.messageId)
      return place === undefined ? sample : { ...sample, place }
    })
  }))
  const others = findings.filter(({ code }) => !(code in sketches))
  const merged = mergeBy(others, ({ code }) => code, mergeFindings)
  return { findings: [...merged, ...ofWholes].sort(compareCost), sketches }
}

/** Merges the items that have the same key. */
function mergeBy<Item extends object>(items: Item[], keyOf: (item: Item) => string, merge = mergeTwo<Item>): Item[] {
  const merged = new Map<string, Item>()
  for (const item of items) {
    const key = keyOf(item)
    const known = merged.get(key)
    merged.set(key, known === undefined ? item : merge(known, item))
  }
  return [...merged.values()]
}

/** Adds up the counts of two items, and joins their samples. */
function mergeTwo<Item extends { samples?: unknown[] }>(one: Item, other: Item): Item {
  const added = addUp(one, [other])
  if (!one.samples || !other.samples) return added
  return { ...added, samples: [...one.samples, ...other.samples].slice(0, MAX_SAMPLES) }
}

/** The samples of a finding are the newest ones. */
function mergeFindings(one: PlacedFinding, other: PlacedFinding): PlacedFinding {
  return {
    ...addUp(one, [other]),
    first: one.first < other.first ? one.first : other.first,
    last: one.last > other.last ? one.last : other.last,
    samples: [...one.samples, ...other.samples].slice(-MAX_SAMPLES)
  }
}

function mergeGroups(groups: MessageGroup[]): MessageGroup[] {
  return mergeBy(groups, keyOfGroup).sort(byCount)
}

/** The message of a code is the same in each report of a version, because it has no values. */
function keyOfGroup({ code = '', message }: { code?: string; message: string }): string {
  return `${code}\n${message}`
}

function keyOfChange({ mapping, path, kind }: Change): string {
  return `${mapping}\n${path}\n${kind}`
}

function timesOf(reports: readonly Report[]): Pick<Report['input'], 'first' | 'last'> {
  const firsts = reports.flatMap(({ input }) => input.first ?? [])
  const lasts = reports.flatMap(({ input }) => input.last ?? [])
  return { first: firsts.sort().at(0) ?? null, last: lasts.sort().at(-1) ?? null }
}
