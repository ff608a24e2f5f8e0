import type { AttributionDays, Finding, FindingWork, Observation, WireEvents } from '../../checks'
import { createChecks } from '../../checks'
import { createNewestSet, isObject, type NewestSet } from '../../core'
import type { SettledResult, TakenEvent } from '../../pipeline'
import type { AuctionRun } from '../../sandbox'
import type { Finding as ListedFinding } from '../api'
import { eventKeysOf } from '../billable'
import type { History } from './history'

/** Passes the events of the workbench to the checks. */
export type Findings = FindingsInput & {
  /** Returns whether an event came by `onDirect`. `key` is one of `eventKeysOf`. */
  cameDirectly: (key: string) => boolean
  /** Returns all findings, most expensive first. */
  list: () => (Finding & FindingWork)[]
  /** Returns the codes of the findings about an event. */
  codesOf: (messageId: string) => string[]
  forget: () => void
  /**
   * Forgets everything, and judges from now on with other attribution windows.
   *
   * @param attributionDays the attribution windows
   * @param observeAgain passes the known events again. Their findings are not told, because they are not new
   */
  restart: (attributionDays: AttributionDays, observeAgain?: (input: FindingsInput) => void) => void
  /**
   * Starts findings of other events, which are not shown before `commit`.
   *
   * @param attributionDays the attribution windows. Default: those of the checks
   */
  prepare: (attributionDays?: AttributionDays) => PreparedFindings
}

/** Takes what the checks look at. */
export type FindingsInput = {
  /** Takes a Segment call with its final results. */
  onSettled: (event: TakenEvent, results: SettledResult[], isKeptOut?: boolean) => void
  onAuction: (auction: AuctionRun) => void
  /** Takes the body of a request to Topsort's API that did not come through Segment. */
  onDirect: (body: unknown) => void
}

/** Findings that may still be dropped. */
export type PreparedFindings = FindingsInput & {
  /** Replaces the current findings by these. */
  commit: () => void
}

/** A finding that a later event could take back is told after a pause of this length. Milliseconds. */
const QUIET = 5_000

/** The number of remembered facts. Without a limit, an hour of a load test would fill the memory. */
const MAX_FACTS = 20_000

type Checks = ReturnType<typeof createChecks>

/** Passes an observation to checks. */
type Observe = (observation: Observation) => void

/**
 * Creates the findings of a workbench.
 *
 * @param tell is called with the first case of a mistake, and with each case whose number is a power of ten
 * @param onMark is called with the message id of an event when a finding about it appears or is taken back
 * @param now the clock for the time of receipt of events that did not come through Segment, in epoch milliseconds
 */
export function createFindings(
  tell: (finding: Finding) => void = () => undefined,
  onMark: (messageId: string) => void = () => undefined,
  now: () => number = Date.now
): Findings {
  let checks = startChecks()
  let direct = createNewestSet(MAX_FACTS)
  const pause = createPause(() => {
    checks.settle().forEach(tell)
  })

  /** The checks mark events only as long as their findings are shown. */
  function startChecks(attributionDays?: AttributionDays): Checks {
    const started: Checks = createChecks({
      attributionDays,
      window: { facts: MAX_FACTS },
      hasWork: true,
      onMark(messageId) {
        if (started === checks) onMark(messageId)
      }
    })
    return started
  }

  function observe(observation: Observation): void {
    rememberDirect(observation, direct)
    checks.observe(observation).forEach(tell)
    pause.start()
  }

  return {
    ...createInput(observe, now),
    cameDirectly: (key) => direct.has(key),
    list: () => checks.findings().map((finding) => ({ ...finding, ...checks.workOf(finding) })),
    codesOf: (messageId) => checks.codesOf(messageId),
    forget() {
      pause.stop()
      direct.clear()
      checks.forget()
    },
    restart(attributionDays, observeAgain = () => undefined) {
      pause.stop()
      checks = startChecks(attributionDays)
      observeAgain(createInput((observation) => checks.observe(observation), now))
      checks.settle()
    },
    prepare(attributionDays) {
      const prepared = { checks: startChecks(attributionDays), direct: createNewestSet(MAX_FACTS) }
      const told: Finding[] = []
      const observePrepared = (observation: Observation): void => {
        rememberDirect(observation, prepared.direct)
        told.push(...prepared.checks.observe(observation))
      }
      return {
        ...createInput(observePrepared, now),
        commit() {
          ;({ checks, direct } = prepared)
          told.forEach(tell)
          pause.start()
        }
      }
    }
  }
}

/** Creates a pause. @param onEnd is called when the last start is as long ago as the pause takes */
function createPause(onEnd: () => void): { start: () => void; stop: () => void } {
  let timer: NodeJS.Timeout | undefined
  return {
    start() {
      timer ??= setTimeout(() => {
        timer = undefined
        onEnd()
      }, QUIET).unref()
      timer.refresh()
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
    }
  }
}

function rememberDirect(observation: Observation, direct: NewestSet): void {
  if (observation.kind === 'direct') eventKeysOf(observation.sent).forEach(direct.add)
}

/** @param now the clock for the time of receipt, in epoch milliseconds */
function createInput(observe: Observe, now: () => number): FindingsInput {
  return {
    onSettled(event, results, isKeptOut = false) {
      const deliveries = results.map(({ mapping, delivery: { ok, reason, sent } }) => {
        const body = isObject(sent) ? sent : {}
        if (ok && isLink(body)) observe({ kind: 'link', from: body.from, to: body.to })
        const action = mapping.partnerAction
        return { mapping: mapping.name, action, ok, ...(reason && { reason }), sent: toWireEvents(body) }
      })
      observe({ kind: 'event', event, deliveries, ...(isKeptOut && { isKeptOut }) })
    },
    onAuction(auction) {
      observe(toObservation(auction))
    },
    onDirect(body) {
      if (!isObject(body)) return
      if (isLink(body)) observe({ kind: 'link', from: body.from, to: body.to })
      else observe({ kind: 'direct', receivedAt: new Date(now()).toISOString(), sent: toWireEvents(body) })
    }
  }
}

function toObservation({ at, opaqueUserId, winners }: AuctionRun): Observation {
  return {
    kind: 'auction',
    time: at,
    ...(opaqueUserId !== undefined && { opaqueUserId }),
    winners
  }
}

function isLink(body: Record<string, unknown>): body is { from: string; to: string } {
  return typeof body.from === 'string' && typeof body.to === 'string'
}

/** The sandbox has checked these events. In live mode, the destination has made them. */
function toWireEvents({ impressions, clicks, purchases, pageviews }: Record<string, unknown>): WireEvents {
  return { impressions, clicks, purchases, pageviews } as WireEvents
}

/** Returns all findings, most expensive first, each with the SDK and the name of its newest case. */
export function listFindings({ findings, history }: { findings: Findings; history: History }): ListedFinding[] {
  return findings.list().map((finding) => {
    const { messageId = '' } = finding.samples.at(-1) ?? {}
    const entry = history.findByMessage(messageId).at(0)
    const sdk = readLibrary(entry?.call ?? entry?.refused)
    const event = entry?.label?.name
    return { ...finding, ...(sdk !== undefined && { sdk }), ...(event && { event }) }
  })
}

function readLibrary(call?: { context?: unknown }): string | undefined {
  const library = isObject(call?.context) ? call.context.library : undefined
  return isObject(library) && typeof library.name === 'string' ? library.name : undefined
}
