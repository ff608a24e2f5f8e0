const HOUR = '(?:\\/(?:hour|hr|h)=(\\d\\d?))?'

/**
 * The layouts of archives in S3. The first group is the path before, and the others are year, month, day and hour.
 *
 * - Amazon Data Firehose: `2026/10/01/05/`
 * - Hive and Segment's data lakes: `dt=2026-10-01/hour=05/`, `day=2026-10-01/hr=05/`, `dt=2026-10-01-05/`
 * - Athena: `year=2026/month=10/day=01/hour=05/`
 * - a folder for each day: `2026-10-01/`
 */
const LAYOUTS = [
  /^(.*?)(?:^|\/)(\d{4})\/(\d\d)\/(\d\d)(?:\/(\d\d))?\//,
  new RegExp(`^(.*?)(?:^|\\/)(?:dt|ds|date|day)=(\\d{4})-?(\\d\\d)-?(\\d\\d)(?:[-T](\\d\\d))?${HOUR}\\/`),
  new RegExp(`^(.*?)(?:^|\\/)year=(\\d{4})\\/month=(\\d\\d?)\\/day=(\\d\\d?)${HOUR}\\/`),
  /^(.*?)(?:^|\/)(\d{4})-(\d\d)-(\d\d)(?:\/(\d\d))?\//
]

/** Segment's layout: a source's folder of a day has the day's midnight in Unix milliseconds as its name. */
const SEGMENT_DAY = /^(.*?)(?:^|\/)(\d{13})\//

/**
 * Finds the folders of a file that say when its events were received. Returns the path before them, which is the same for
 * all files of a source, and the start of the day or of the hour, in epoch milliseconds. Returns undefined if it has none.
 */
export function timeFoldersOf(name: string): { source: string; time: number } | undefined {
  const segment = SEGMENT_DAY.exec(name)
  if (segment) return { source: segment[1], time: Number(segment[2]) }
  for (const layout of LAYOUTS) {
    const match = layout.exec(name)
    if (!match) continue
    const [, source, year, month, day, ...hours] = match
    const hour = hours.find((each) => each)
    const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0))
    if (isCalendar(Number(month), Number(day), Number(hour ?? 0))) return { source, time }
  }
  return undefined
}

function isCalendar(month: number, day: number, hour: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24
}
