import type { Source } from '../read'

/** A file in a folder of a source and a day, as Segment lays it out. The day of receipt is in Unix milliseconds. */
const SEGMENT_LAYOUT = /(?:^|\/)([^/]+)\/(\d{13})\/([^/]+)$/

/** The folder of the files that have no source. */
const NO_SOURCE = 'other'

const DAY_DIGITS = 13

/** Names the files of a part after those of the archive: `segment-logs/<source>/<day>/<name>.gz`. */
export type PartNames = {
  /**
   * @param index the place of a file among the sources
   * @param day the day on which its first event was received, in epoch milliseconds. It is used if the name has no day
   */
  nameOf: (index: number, day: number) => string
  /** Whether the name of a file has its day. */
  hasDay: (index: number) => boolean
}

/** Creates the names for the files of an archive. Two files get different names. */
export function createPartNames(sources: readonly Source[]): PartNames {
  const taken = new Set<string>()
  const places = sources.map(({ name }) => {
    const [, source, day, base] = SEGMENT_LAYOUT.exec(name) ?? [
      '',
      NO_SOURCE,
      '',
      name.slice(name.lastIndexOf('/') + 1)
    ]
    // The day of a file without a source is not known yet.
    const folder = source === NO_SOURCE ? source : `${source}/${day}`
    const file = `${base.replace(/\.gz$/, '')}.gz`
    let unique = file
    for (let count = 2; taken.has(`${folder}/${unique}`); count += 1) unique = `${count}-${file}`
    taken.add(`${folder}/${unique}`)
    return { source, day, file: unique }
  })
  return {
    nameOf(index, firstDay) {
      const { source, day, file } = places[index]
      return `segment-logs/${source}/${day || String(Math.max(0, firstDay)).padStart(DAY_DIGITS, '0')}/${file}`
    },
    hasDay: (index) => places[index].day !== ''
  }
}
