import type { AttributionDays, Finding, FindingWork, Observation, WireEvents } from '../../checks'
import { createChecks } from '../../checks'
import { createNewestSet, isObject, type NewestSet } from '../../core'
import type { SettledResult, TakenEvent } from '../../pipeline'
import type { AuctionRun } from '../../sandbox'
import type { Finding as ListedFinding } from '../api'
import { eventKeysOf } from '../sent-events'
import type { History } from './history'

/** A finding that a later event could take back is told after a pause of this length. Milliseconds. */
const QUIET = 5_000

/** The number of remembered facts. Without a limit, an hour of a load test would fill the memory. */
const MAX_FACTS = 20_000

/** Passes the events of the workbench to the checks. */
export type Findings = ReturnType<typeof createFindings>

/** Takes what the checks look at. */
export type FindingsInput = ReturnType<typeof createInput>

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
) {
  let current = start()
  let timer: NodeJS.Timeout | undefined

  /** Starts checks. They mark events only as long as their findings are shown. */
  function start(attributionDays?: AttributionDays): Started {
    const checks: Started['checks'] = createChecks({
      attributionDays,
      window: { facts: MAX_FACTS },
      hasWork: true,
      onMark(messageId) {
        if (checks === current.checks) onMark(messageId)
      }
    })
    return { checks, direct: createNewestSet(MAX_FACTS), attributionDays }
  }

  function settleLater(): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      current.checks.settle().forEach(tell)
    }, QUIET).unref()
  }

  return {
    ...createInput((observation) => {
      observe(observation, current).forEach(tell)
      settleLater()
    }, now),
    /** Returns whether an event came by `onDirect`. `key` is one of `eventKeysOf`. */
    cameDirectly: (key: string): boolean => current.direct.has(key),
    /** Returns all findings, most expensive first. */
    list: (): (Finding & FindingWork)[] => {
      const { checks } = current
      return checks.findings().map((finding) => ({ ...finding, ...checks.workOf(finding) }))
    },
    /** Returns the codes of the findings about an event. */
    codesOf: (messageId: string): string[] => current.checks.codesOf(messageId),
    forget: (): void => {
      clearTimeout(timer)
      current = start(current.attributionDays)
    },
    /**
     * Starts findings of other events. `commit` replaces the current findings by these, and tells them if they are new.
     *
     * @param attributionDays the attribution windows. Default: those of the checks
     */
    prepare: (attributionDays?: AttributionDays) => {
      const prepared = start(attributionDays)
      const found: Finding[] = []
      return {
        ...createInput((observation) => found.push(...observe(observation, prepared)), now),
        commit: (areNew: boolean): void => {
          clearTimeout(timer)
          current = prepared
          if (areNew) {
            found.forEach(tell)
            settleLater()
          } else current.checks.settle()
        }
      }
    }
  }
}

/** The checks and their attribution windows, and the keys of the events that came by `onDirect`. */
type Started = {
  checks: ReturnType<typeof createChecks>
  direct: NewestSet
  attributionDays?: AttributionDays
}

/** Returns the findings that are to be told now. */
function observe(observation: Observation, { checks, direct }: Started): Finding[] {
  if (observation.kind === 'direct') eventKeysOf(observation.sent).forEach(direct.add)
  return checks.observe(observation)
}

/** @param now the clock for the time of receipt, in epoch milliseconds */
function createInput(observe: (observation: Observation) => void, now: () => number) {
  return {
    /** Takes a Segment call with its final results. */
    onSettled: (event: TakenEvent, results: SettledResult[], isKeptOut = false): void => {
      const deliveries = results.map(({ mapping, delivery: { ok, reason, sent } }) => {
        const body = isObject(sent) ? sent : {}
        if (ok && isLink(body)) observe({ kind: 'link', from: body.from, to: body.to })
        const action = mapping.partnerAction
        return { mapping: mapping.name, action, ok, ...(reason && { reason }), sent: toWireEvents(body) }
      })
      observe({ kind: 'event', event, deliveries, ...(isKeptOut && { isKeptOut }) })
    },
    onAuction: ({ at, opaqueUserId, winners }: AuctionRun): void => {
      observe({ kind: 'auction', time: at, ...(opaqueUserId !== undefined && { opaqueUserId }), winners })
    },
    /** Takes the body of a request to Topsort's API that did not come through Segment. */
    onDirect: (body: unknown): void => {
      if (!isObject(body)) return
      if (isLink(body)) observe({ kind: 'link', from: body.from, to: body.to })
      else observe({ kind: 'direct', receivedAt: new Date(now()).toISOString(), sent: toWireEvents(body) })
    }
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
