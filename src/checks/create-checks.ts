import { compareCost, type Finding } from './finding'
import { createGroups } from './groups'
import { createMarks } from './marks'
import type { Observation } from './observation'
import { createObserver } from './observe'
import { createPast, type PastLimits } from './past/past'
import { registry } from './registry'
import { createEventKinds, type FindingWork, toWork } from './finding-work'
import { createAnnouncer, createFindingTally } from './tally'
import { createWholes } from './wholes'
import { type AttributionDays, toWindows } from './times'
import { createWindow, WINDOW_LIMITS, type WindowLimits } from './window'

/** Options for `createChecks`. */
export type ChecksOptions = {
  /** The attribution windows. Default: 14 days, as at Topsort. */
  attributionDays?: AttributionDays
  /** How much the checks remember. Default: 50,000 observations or an hour of event time, whichever is more. */
  window?: Partial<WindowLimits>
  /**
   * False if neither auctions nor events from outside Segment are ever observed, as in an archive. Then the checks that
   * need them do not run, and all organic products of a list count as one view, because only these checks compare each of
   * them. This saves most of the time and memory. Default: true.
   */
  seesAuctions?: boolean
  /**
   * Remembers a little of the observations that leave the window, for the checks that compare events which may be days
   * apart: old bids, repeated ids and orders, and the interactions before an order. Default: nothing.
   */
  longMemory?: PastLimits
  /**
   * Adds to each sample of a finding the text that sorts it, so that the findings of parts of an archive can be merged.
   * Default: false.
   */
  hasSortKeys?: boolean
  /** Whether `workOf` can be called. Default: false. */
  hasWork?: boolean
  /** Called with the message id of an event when a finding about it appears, or is taken back. */
  onMark?: (messageId: string) => void
}

/** Watches a stream of observations for mistakes. */
export type Checks = ReturnType<typeof createChecks>

/** What the checks no longer know. */
export type Forgotten = {
  /** The shortest time that the window covered, in milliseconds. Infinity if nothing has left it. */
  window: number
  /** How many entries of the long memory were dropped. */
  past: PastLimits
}

/**
 * Creates checks that have seen nothing yet.
 *
 * @example
 * const checks = createChecks({ attributionDays: 30 })
 * for (const observation of observations) {
 *   for (const finding of checks.observe(observation)) console.log(findingLine(finding))
 * }
 * for (const finding of checks.settle()) console.log(findingLine(finding))
 */
export function createChecks(options: ChecksOptions = {}) {
  const {
    attributionDays = 14,
    seesAuctions = true,
    longMemory,
    hasSortKeys = false,
    hasWork = false,
    onMark
  } = options
  const marks = createMarks(onMark)
  const tallies = registry.map((check) => createFindingTally(check, marks, hasSortKeys, hasWork))
  const kinds = createEventKinds()
  const announcers = tallies.map((tally) => ({ tally, isDue: createAnnouncer(tally) }))
  const past = longMemory && createPast(longMemory)
  const judging = tallies.filter(({ check }) => seesAuctions || !check.needsAuctions)
  const groups = createGroups(judging, toWindows(attributionDays), past)
  const window = createWindow({ ...WINDOW_LIMITS, ...options.window })
  const wholes = createWholes([], attributionDays)
  const observe = createObserver({ tallies, groups, window, past, seesAuctions, wholes })
  let now = -Infinity

  function announce(isQuiet: boolean): Finding[] {
    const due: Finding[] = []
    for (const { tally, isDue } of announcers) {
      const finding = isDue(now, isQuiet) ? tally.finding() : undefined
      if (finding) due.push(finding)
    }
    return due
  }

  return {
    /**
     * Takes an observation. Observations may arrive in any order within the window. A repeated observation changes only
     * the finding about repeats.
     *
     * @returns findings to show: the new ones, and those whose count reached a power of ten. A finding that a later
     *   observation could remove waits for an observation that was received at least 5 seconds later, or for `settle`
     */
    observe: (observation: Observation): Finding[] => {
      if (hasWork && observation.kind === 'event') kinds.observe(observation)
      now = Math.max(now, observe(observation))
      return announce(false)
    },
    /** Returns the findings that still wait to be shown. Call it when all pending events are delivered. */
    settle: (): Finding[] => announce(true),
    /** Takes a call in which only the checks that need all calls can find anything. It is quicker than `observe`. */
    count: wholes.observe,
    /** Returns the sketches of the checks that need all calls. `createWholes` goes on with them. */
    saveWholes: wholes.save,
    /** Returns all findings so far, most expensive first. */
    findings: (): Finding[] =>
      [...tallies.flatMap(({ finding }) => finding() ?? []), ...wholes.findings()].sort(compareCost),
    /** Returns what helps to work on a finding. Empty without `hasWork`, and for a finding about all events together. */
    workOf: (finding: Finding): FindingWork => {
      const tally = hasWork && tallies.find(({ check }) => check.code === finding.code)
      return tally ? toWork(finding, marks.count(finding.code), tally.timeline(), kinds) : {}
    },
    /** Returns the codes of the findings about an event, in the order in which they were seen. */
    codesOf: marks.codesOf,
    /** Returns what the checks no longer know. */
    forgotten: (): Forgotten => ({
      window: window.shortest(),
      past: past?.dropped() ?? { bids: 0, users: 0, orders: 0, ids: 0 }
    })
  }
}
