import type { Report } from '../report'

/** A report whose places are short. */
export type ShortPlaces = {
  report: Report
  /** The folder below which they are. Empty if they have none in common. */
  folder: string
}

/** Takes the folder that all places of a report have in common out of them, because a page has no room for it. */
export function shortenPlaces(report: Report): ShortPlaces {
  const { failures, leftOut, unreadable, changes, findings, revenue } = report
  const lists = [failures, leftOut, unreadable, changes, findings, revenue.reasons]
  const folder = commonFolder(
    lists.flatMap((list) => list.flatMap(({ samples }: { samples: Placed[] }) => samples.flatMap(placeOf)))
  )
  if (folder === '') return { report, folder }
  const shortened: Report = {
    ...report,
    failures: failures.map(shorten),
    leftOut: leftOut.map(shorten),
    unreadable: unreadable.map(shorten),
    changes: changes.map(shorten),
    findings: findings.map(shorten),
    revenue: { ...revenue, reasons: revenue.reasons.map(shorten) }
  }
  return { report: shortened, folder }

  function shorten<Group extends { samples: Placed[] }>(group: Group): Group {
    const samples = group.samples.map((sample) =>
      sample.place === undefined ? sample : { ...sample, place: sample.place.slice(folder.length) }
    )
    return { ...group, samples }
  }
}

type Placed = { place?: string }

function placeOf({ place }: Placed): string[] {
  return place === undefined ? [] : [place]
}

/** Returns the longest folder that all paths begin with, such as `logs/2026/`. */
function commonFolder(paths: readonly string[]): string {
  const sorted = [...paths].sort()
  const [least = '', greatest = ''] = [sorted.at(0), sorted.at(-1)]
  let length = 0
  while (length < least.length && least[length] === greatest[length]) length += 1
  return least.slice(0, least.slice(0, length).lastIndexOf('/') + 1)
}
