import type { Report } from '../report'

/**
 * Takes the folder that all places of a report have in common out of them, because a page has no room for it. The folder
 * is empty if they have none in common.
 */
export function shortenPlaces(report: Report): { report: Report; folder: string } {
  const places: string[] = []
  const text = JSON.stringify(report, (key, value: unknown) => {
    if (isPlace(key, value)) places.push(value)
    return value
  })
  const folder = commonFolder(places)
  const shorten = (key: string, value: unknown): unknown => (isPlace(key, value) ? value.slice(folder.length) : value)
  return { report: JSON.parse(text, shorten) as Report, folder }
}

function isPlace(key: string, value: unknown): value is string {
  return key === 'place' && typeof value === 'string'
}

/** Returns the longest folder that all paths begin with, such as `logs/2026/`. */
function commonFolder(paths: readonly string[]): string {
  const sorted = [...paths].sort()
  const [least = '', greatest = ''] = [sorted.at(0), sorted.at(-1)]
  let length = 0
  while (length < least.length && least[length] === greatest[length]) length += 1
  return least.slice(0, least.slice(0, length).lastIndexOf('/') + 1)
}
