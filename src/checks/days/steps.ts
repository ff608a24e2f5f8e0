/** A share of one day. */
export type DayShare = {
  day: number
  part: number
  of: number
  /** How many days it stands for. Default: one. */
  width?: number
}

/** A share that changed in a step and stayed. */
export type Step = {
  /** The first day after the step. */
  day: number
  /** The shares of all days before and after, from 0 to 1. */
  before: number
  after: number
}

/** What counts as a step. */
export type StepRules = {
  /** Whether the share falls or rises when something breaks. */
  direction: 'falls' | 'rises'
  /** Days with less are not compared. */
  minOf: number
  /** The smallest difference of the medians, from 0 to 1. */
  minDifference: number
  /** The smaller share is at most this part of the larger one. */
  maxRatio: number
}

/** The days on each side of a step, at least. */
export const MIN_DAYS = 3

/** The difference of the medians is at least so many times the usual difference of a day from the median. */
const MIN_NOISES = 3

/** With few days on one side, the usual difference is not well known. */
const FEW_DAYS = 5
const MIN_NOISES_OF_FEW = 4

/** Makes a median absolute deviation comparable with a standard deviation. */
const TO_DEVIATION = 1.4826

/** A few days may be on the wrong side: at most one in ten. */
const MAX_STRAYS = 0.1

/**
 * Finds the day from which on a share is clearly lower (or higher) than before, and stays so.
 *
 * The medians of the days before and after are compared with the median absolute deviation of the days, and with the
 * deviation that so few events have by chance. The split is the one with the smallest sum of distances from the medians.
 *
 * @param days oldest first
 */
export function findStep(days: readonly DayShare[], rules: StepRules): Step | undefined {
  const joined = joinSmall(days, rules)
  const step = findInDays(joined, rules)
  return step && joined !== days ? findDay(days, step.day, joined[0].width ?? 1) : step
}

/** With more days in one, a step would hide in it. */
const MAX_WIDTH = 5

/** Joins days that have too little to be compared: two in one, or three, and so on. */
function joinSmall(days: readonly DayShare[], { minOf }: StepRules): readonly DayShare[] {
  const isEnough = (some: readonly DayShare[]): boolean => some.filter(({ of }) => of >= minOf).length >= 2 * MIN_DAYS
  if (days.length < 2 * MIN_DAYS || isEnough(days)) return days
  for (let width = 2; width <= MAX_WIDTH; width += 1) {
    const joined = joinDaysOf(days, width)
    if (isEnough(joined)) return joined
  }
  return days
}

function joinDaysOf(days: readonly DayShare[], width: number): DayShare[] {
  const joined = new Map<number, DayShare>()
  for (const { day, part, of } of days) {
    const start = days[0].day + Math.floor((day - days[0].day) / width) * width
    const known = joined.get(start) ?? { day: start, part: 0, of: 0, width }
    joined.set(start, { ...known, part: known.part + part, of: known.of + of })
  }
  return [...joined.values()]
}

/** Finds the day near a step of joined days that splits the single days best: by the likelihood of the shares. */
function findDay(days: readonly DayShare[], near: number, width: number): Step {
  const steps = days
    .filter(({ day }) => day > near - width && day < near + width)
    .map(({ day }): Step & { likelihood: number } => {
      const sides = [days.filter((each) => each.day < day), days.filter((each) => each.day >= day)]
      const [before, after] = sides.map(poolShare)
      return { day, before, after, likelihood: likelihoodOf(sides[0]) + likelihoodOf(sides[1]) }
    })
  const { day, before, after } = steps.reduce((best, each) => (each.likelihood > best.likelihood ? each : best))
  return { day, before, after }
}

/** Returns the logarithm of the likelihood of days that all have the same share. */
function likelihoodOf(days: readonly DayShare[]): number {
  const share = Math.min(1 - 1e-9, Math.max(1e-9, poolShare(days)))
  return days.reduce((sum, { part, of }) => sum + part * Math.log(share) + (of - part) * Math.log(1 - share), 0)
}

function findInDays(days: readonly DayShare[], rules: StepRules): Step | undefined {
  const usable = days.filter(({ of }) => of >= rules.minOf)
  const shares = usable.map(({ part, of }) => part / of)
  let best: { split: number; cost: number } | undefined
  for (let split = MIN_DAYS; split <= usable.length - MIN_DAYS; split += 1) {
    const cost = distances(shares.slice(0, split)) + distances(shares.slice(split))
    if (!best || cost < best.cost) best = { split, cost }
  }
  if (!best) return undefined
  return compareSides(usable.slice(0, best.split), usable.slice(best.split), rules)
}

/** Compares days with others, such as those of a new version with those of the versions before it. */
export function compareSides(
  before: readonly DayShare[],
  after: readonly DayShare[],
  rules: StepRules
): Step | undefined {
  const [usableBefore, usableAfter] = [before, after].map((days) => days.filter(({ of }) => of >= rules.minOf))
  if (usableBefore.length < MIN_DAYS || usableAfter.length < MIN_DAYS) return undefined
  const [one, other] = [toSide(usableBefore), toSide(usableAfter)]
  const sign = rules.direction === 'falls' ? 1 : -1
  const difference = sign * (one.median - other.median)
  const [low, high] = sign === 1 ? [other.median, one.median] : [one.median, other.median]
  const noise = Math.max(one.noise, other.noise)
  const isShort = Math.min(usableBefore.length, usableAfter.length) < FEW_DAYS
  const noises = isShort ? MIN_NOISES_OF_FEW : MIN_NOISES
  if (difference < rules.minDifference || low > high * rules.maxRatio || difference < noises * noise) return undefined
  const middle = (low + high) / 2
  const isStray = (share: number, isLow: boolean): boolean => (isLow ? share >= middle : share <= middle)
  const straysBefore = one.shares.filter((share) => isStray(share, sign === -1)).length
  const straysAfter = other.shares.filter((share) => isStray(share, sign === 1)).length
  if (straysBefore > one.shares.length * MAX_STRAYS || straysAfter > other.shares.length * MAX_STRAYS) return undefined
  if (isOfWeekdays(usableBefore, usableAfter, (share) => isStray(share, sign === -1))) return undefined
  return { day: usableAfter[0].day, before: poolShare(usableBefore), after: poolShare(usableAfter) }
}

/** Returns the share of all days together. */
function poolShare(days: readonly DayShare[]): number {
  const of = days.reduce((sum, day) => sum + day.of, 0)
  return of === 0 ? 0 : days.reduce((sum, day) => sum + day.part, 0) / of
}

/**
 * Returns whether the days after may be low because of their weekdays: they are less than a week, and the same weekdays
 * were low before, or there were none of them.
 */
function isOfWeekdays(
  before: readonly DayShare[],
  after: readonly DayShare[],
  isStray: (share: number) => boolean
): boolean {
  if (after.reduce((sum, { width = 1 }) => sum + width, 0) >= 7) return false
  const usual = after.filter(({ day }) => {
    const same = before.filter((each) => (each.day - day) % 7 === 0)
    return same.length > 0 && same.every(({ part, of }) => !isStray(part / of))
  })
  return usual.length * 2 < after.length
}

function toSide(days: readonly DayShare[]) {
  const shares = days.map(({ part, of }) => part / of)
  const center = median(shares)
  const deviation = median(shares.map((share) => Math.abs(share - center)))
  const size = median(days.map(({ of }) => of))
  const byChance = Math.sqrt(Math.max(center * (1 - center), 0.5 / size) / size)
  return { shares, median: center, noise: Math.max(TO_DEVIATION * deviation, byChance) }
}

function distances(values: readonly number[]): number {
  const center = median(values)
  return values.reduce((sum, value) => sum + Math.abs(value - center), 0)
}

/** Returns the median of at least one number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
