import type { PartManifest } from '../split/manifest'
import { describeHubs } from '../split/words'
import { compareCost, createSums, createWholes, type SavedWholes } from '../../checks'
import { byCount as byCountOfChange } from './changes'
import { addUp, emptyReport, toReport } from './counts'
import { emptyDay, emptyInput } from './empty'
import { byCount, keyOfGroup, MAX_SAMPLES, placeSamples } from './message-groups'
import { describePart, type RunSettings } from './part'
import type { Change, MessageGroup, PlacedFinding, Report, SamplePlace } from './report'
import { byAmount } from './revenue'

/**
 * Merges the reports of all parts of an archive. All events of one person are in one part, so the result is the report of
 * one run, with the places of the parts.
 */
export function mergeReports(reports: readonly Report[]): Report {
  const none = emptyReport()
  const of = <Key extends keyof Report>(key: Key): Report[Key][] => reports.map((report) => report[key])
  const days = of('days')
    .flat()
    .map((day) => ({ ...emptyDay(day.day), ...day }))
  const reasons = of('revenue').flatMap((revenue) => revenue.reasons)
  return toReport({
    ...none,
    input: mergeInputs(reports),
    mappings: mergeBy(of('mappings').flat(), ({ name, action }) => `${name}\n${action}`, addUp),
    failures: withoutSortKeys(mergeGroups(of('failures').flat())),
    leftOut: withoutSortKeys(mergeGroups(of('leftOut').flat())),
    unreadable: withoutSortKeys(mergeGroups(of('unreadable').flat())),
    changes: withoutSortKeys(mergeBy(of('changes').flat(), keyOfChange, mergeChanges).sort(byCountOfChange)),
    ...mergeChecks(reports),
    coverage: addUp(none.coverage, ...of('coverage')),
    revenue: {
      ...addUp(none.revenue, ...of('revenue')),
      reasons: withoutSortKeys(mergeBy(reasons, keyOfGroup, mergeSampled).sort(byAmount))
    },
    days: mergeBy(days, ({ day }) => day, addUp).sort((one, other) => (one.day < other.day ? -1 : 1)),
    limits: [...new Set(of('limits').flat())]
  })
}

/**
 * Adds to the report of a part what the split knows: which part it is, what no part can have, and what is counted in each
 * part only.
 */
export function toPartReport(report: Report, manifest: PartManifest, settings: RunSettings): Report {
  const { notSelected, unreadable, hubs } = manifest
  const { input } = report
  const lost = unreadable.reduce((sum, { count }) => sum + count, 0)
  return toReport({
    ...report,
    part: describePart(manifest, settings),
    input: {
      ...input,
      events: input.events + notSelected,
      notSelected: input.notSelected + notSelected,
      unreadable: input.unreadable + lost
    },
    unreadable: mergeGroups([...unreadable, ...report.unreadable]),
    limits: [...report.limits, ...[describeHubs(hubs)].flatMap((limit) => limit ?? [])]
  })
}

/** A part has a file for nearly each one of the archive, so the files are those of the archive. */
function mergeInputs(reports: readonly Report[]): Report['input'] {
  const inputs = reports.map(({ input }) => input)
  const whole = reports.at(0)?.part?.input
  const [first = null] = inputs.flatMap((input) => input.first ?? []).sort()
  const [last = null] = inputs
    .flatMap((input) => input.last ?? [])
    .sort()
    .reverse()
  return {
    ...addUp(emptyInput(), ...inputs),
    ...(whole && { files: whole.files, bytes: whole.bytes }),
    formats: [...new Set(inputs.flatMap(({ formats }) => formats))],
    first,
    last
  }
}

/** Each value from which others were made is a sample once, where it came first. */
function mergeChanges(one: Change, other: Change): Change {
  const samples = sortSamples([...one.samples, ...other.samples])
  const firsts = samples.filter(({ from }, index) => samples.findIndex((each) => each.from === from) === index)
  return { ...addUp(one, other), samples: firsts.slice(0, MAX_SAMPLES) }
}

/** A finding about all events together is found again, from the sketches of all parts. The cases of others add up. */
function mergeChecks(reports: readonly Report[]): Pick<Report, 'findings' | 'sketches'> {
  const findings = reports.flatMap((report) => report.findings)
  // A report of an older version has no sketches.
  const wholes = createWholes(reports.map((report) => (report as { sketches?: SavedWholes }).sketches ?? {}))
  const sketches = wholes.save()
  const others = findings.filter(({ code }) => !(code in sketches))
  const merged = withoutSortKeys(mergeBy(others, ({ code }) => code, mergeFindings))
  const places = new Map(findings.flatMap(({ samples }) => samples.map(({ messageId, place }) => [messageId, place])))
  const found = wholes.findings().map((finding) => placeSamples(finding, (messageId) => places.get(messageId)))
  return { findings: [...merged, ...found].sort(compareCost), sketches }
}

/** The samples of a finding are the newest ones. */
function mergeFindings(one: PlacedFinding, other: PlacedFinding): PlacedFinding {
  return {
    ...addUp(one, other),
    ...mergeCosts(one, other),
    first: one.first < other.first ? one.first : other.first,
    last: one.last > other.last ? one.last : other.last,
    samples: sortSamples([...one.samples, ...other.samples]).slice(-MAX_SAMPLES)
  }
}

function mergeCosts(...findings: PlacedFinding[]): Pick<PlacedFinding, 'cost' | 'otherCosts'> {
  const all = findings.flatMap(({ cost, otherCosts }) => (cost ? [cost, ...otherCosts] : otherCosts))
  const [cost = null, ...otherCosts] = all.length > 0 ? createSums(all).costs(all[0].of) : []
  return { cost, otherCosts }
}

/** Removes what sorts the samples, because one run does not have it. */
function withoutSortKeys<Item extends { samples: { sortKey?: string }[] }>(items: readonly Item[]): Item[] {
  return items.map((item) => ({ ...item, samples: item.samples.map((sample) => ({ ...sample, sortKey: undefined })) }))
}

function keyOfChange({ mapping, path, kind }: Change): string {
  return `${mapping}\n${path}\n${kind}`
}

/** Merges the items that have the same key. */
function mergeBy<Item extends object>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  merge: (one: Item, other: Item) => Item
): Item[] {
  const merged = new Map<string, Item>()
  for (const item of items) {
    const key = keyOf(item)
    const known = merged.get(key)
    merged.set(key, known === undefined ? item : merge(known, item))
  }
  return [...merged.values()]
}

/** Adds up the counts of two items, and joins their samples. The first ones stay, as in one run. */
function mergeSampled<Item extends { samples: SamplePlace[] }>(one: Item, other: Item): Item {
  const samples = sortSamples([...one.samples, ...other.samples]).slice(0, MAX_SAMPLES)
  return { ...addUp(one, other), samples }
}

/** Merges groups with the same problem, most frequent first. */
function mergeGroups(groups: readonly MessageGroup[]): MessageGroup[] {
  return mergeBy(groups, keyOfGroup, mergeSampled).sort(byCount)
}

/** Sorts samples as they came in one run. What could not be read has no time, and is sorted by its place. */
function sortSamples<Sample extends { sortKey?: string; place?: string }>(samples: readonly Sample[]): Sample[] {
  const keyOf = ({ sortKey, place = '' }: Sample): string => sortKey ?? place
  return [...samples].sort((one, other) => compare(keyOf(one), keyOf(other)))
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
