import { DAY, HOUR, MINUTE } from '../core'

/** How many cases there were over time. */
export type Trend = {
  /** The length of a bucket. */
  step: keyof typeof STEPS
  /** When the first bucket starts, ISO 8601. */
  start: string
  /** The number of cases in each of 30 buckets, the newest last. */
  counts: number[]
}

/** Counts cases by their time, in a limited memory. */
export type Timeline = {
  /** @param time in milliseconds since 1970 */
  add: (time: number) => void
  copy: () => Timeline
  /**
   * Returns the shortest buckets that have nearly all cases.
   *
   * @param until a time in the last bucket, in milliseconds since 1970
   */
  trend: (until: number) => Trend
}

/** From the shortest on. */
const STEPS = { minute: MINUTE, hour: HOUR, day: DAY }

const NAMES = Object.keys(STEPS) as (keyof typeof STEPS)[]

const BUCKETS = 30

/** The share of the cases that must be in the buckets, so that one old case does not make all others one bar. */
const NEARLY_ALL = 0.9

type Counts = Record<keyof typeof STEPS, Map<number, number>>

/** Creates an empty timeline. It keeps the newest 30 minutes, hours and days that have cases. */
export function createTimeline(
  counts: Counts = { minute: new Map(), hour: new Map(), day: new Map() },
  count = 0
): Timeline {
  return {
    add(time) {
      count += 1
      for (const name of NAMES) addTo(counts[name], Math.floor(time / STEPS[name]))
    },
    copy: () =>
      createTimeline({ minute: new Map(counts.minute), hour: new Map(counts.hour), day: new Map(counts.day) }, count),
    trend(until) {
      const trends = NAMES.map((step) => readTrend(step, counts[step], until))
      const isWhole = (trend: Trend): boolean => sum(trend.counts) >= NEARLY_ALL * count
      return trends.find(isWhole) ?? trends[trends.length - 1]
    }
  }
}

function addTo(buckets: Map<number, number>, bucket: number): void {
  buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1)
  if (buckets.size > BUCKETS) buckets.delete(Math.min(...buckets.keys()))
}

function readTrend(step: Trend['step'], buckets: Map<number, number>, until: number): Trend {
  const first = Math.floor(until / STEPS[step]) - BUCKETS + 1
  const counts = Array.from({ length: BUCKETS }, (_, index) => buckets.get(first + index) ?? 0)
  return { step, start: new Date(first * STEPS[step]).toISOString(), counts }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
