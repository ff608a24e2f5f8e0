import { compareCost, createSums, createWholes, type SavedWholes } from '../../checks'
import { byCount as byCountOfChange } from './changes'
import { addUp, emptyReport, toReport } from './counts'
import { emptyDay, emptyInput } from './empty'
import { mergeBy, mergeGroups, mergeSampled, sortSamples } from './merge-groups'
import { keyOfGroup, MAX_SAMPLES, placeSamples } from './message-groups'
import type { Change, PlacedFinding, Report } from './report'
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
  const reasons = of('revenue')
    .flatMap((revenue) => revenue.reasons)
    .map((reason) => ({ ...reason, amounts: { ...reason.amounts } }))
  return toReport({
    ...none,
    input: mergeInputs(reports),
    mappings: mergeBy(of('mappings').flat(), ({ name, action }) => `${name}\n${action}`, addTwo),
    failures: withoutSortKeys(mergeGroups(of('failures').flat())),
    leftOut: withoutSortKeys(mergeGroups(of('leftOut').flat())),
    unreadable: withoutSortKeys(mergeGroups(of('unreadable').flat())),
    changes: withoutSortKeys(mergeBy(of('changes').flat(), keyOfChange, mergeChanges).sort(byCountOfChange)),
    ...mergeChecks(reports),
    coverage: addUp(none.coverage, of('coverage')),
    revenue: {
      ...addUp(none.revenue, of('revenue')),
      reasons: withoutSortKeys(mergeBy(reasons, keyOfGroup, mergeSampled).sort(byAmount))
    },
    days: mergeBy(days, ({ day }) => day, addTwo).sort((one, other) => (one.day < other.day ? -1 : 1)),
    limits: [...new Set(of('limits').flat())]
  })
}

function addTwo<Item extends object>(one: Item, other: Item): Item {
  return addUp(one, [other])
}

/** A part has a file for nearly each one of the archive, so the files are those of the archive. */
function mergeInputs(reports: readonly Report[]): Report['input'] {
  const inputs = reports.map(({ input }) => input)
  const whole = reports.at(0)?.part?.input
  return {
    ...addUp(emptyInput(), inputs),
    ...(whole && { files: whole.files, bytes: whole.bytes }),
    formats: [...new Set(inputs.flatMap(({ formats }) => formats))],
    first:
      inputs
        .flatMap(({ first }) => first ?? [])
        .sort()
        .at(0) ?? null,
    last:
      inputs
        .flatMap(({ last }) => last ?? [])
        .sort()
        .at(-1) ?? null
  }
}

/** Each value from which others were made is a sample once, where it came first. */
function mergeChanges(one: Change, other: Change): Change {
  const samples = sortSamples([...one.samples, ...other.samples])
  const firsts = samples.filter(({ from }, index) => samples.findIndex((each) => each.from === from) === index)
  return { ...addUp(one, [other]), samples: firsts.slice(0, MAX_SAMPLES) }
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
    ...addUp(one, [other]),
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
