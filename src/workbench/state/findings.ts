import type { Finding, Observation, WireEvents } from '../../checks'
import { createChecks } from '../../checks'
import { createNewestSet, isObject } from '../../core'
import type { SettledResult, TakenEvent } from '../../pipeline'
import type { AuctionRun } from '../../sandbox'
import { eventKeysOf } from '../billable'

/** Passes the events of the workbench to the checks. */
export type Findings = {
  /** Takes a Segment call with its final results. */
  onSettled: (event: TakenEvent, results: SettledResult[], isKeptOut?: boolean) => void
  onAuction: (auction: AuctionRun) => void
  /** Takes the body of a request to Topsort's API that did not come through Segment. */
  onDirect: (body: unknown) => void
  /** Returns whether an event came by `onDirect`. `key` is one of `eventKeysOf`. */
  cameDirectly: (key: string) => boolean
  /** Returns all findings, most expensive first. */
  list: () => Finding[]
  /** Returns the codes of the findings about an event. */
  codesOf: (messageId: string) => string[]
  forget: () => void
  /**
   * Forgets everything, and judges from now on with another attribution window.
   *
   * @param attributionDays the longest time between an interaction and its order
   * @param observeAgain passes the known events again. Their findings are not told, because they are not new
   */
  restart: (attributionDays: number, observeAgain?: () => void) => void
}

/** A finding that a later event could take back is told after a pause of this length. Milliseconds. */
const QUIET = 5_000

/** The number of remembered facts. Without a limit, an hour of a load test would fill the memory. */
const MAX_FACTS = 20_000

/**
 * Creates the findings of a workbench.
 *
 * @param tell is called with the first case of a mistake, and with each case whose number is a power of ten
 * @param onMark is called with the message id of an event when a finding about it appears or is taken back
 * @param now the clock for the time of receipt of events that did not come through Segment, in epoch milliseconds
 */
export function createFindings(
  tell: (finding: Finding) => void = () => undefined,
  onMark?: (messageId: string) => void,
  now: () => number = Date.now
): Findings {
  const start = (attributionDays?: number) => createChecks({ attributionDays, window: { facts: MAX_FACTS }, onMark })
  let checks = start()
  const direct = createNewestSet(MAX_FACTS)
  let quiet: NodeJS.Timeout | undefined
  let isTelling = true

  function observe(...observation: Parameters<typeof checks.observe>): void {
    const due = checks.observe(...observation)
    if (!isTelling) return
    due.forEach(tell)
    quiet ??= setTimeout(() => {
      quiet = undefined
      checks.settle().forEach(tell)
    }, QUIET).unref()
    quiet.refresh()
  }

  function stopWaiting(): void {
    clearTimeout(quiet)
    quiet = undefined
  }

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
      else {
        eventKeysOf(body).forEach(direct.add)
        observe({ kind: 'direct', receivedAt: new Date(now()).toISOString(), sent: toWireEvents(body) })
      }
    },
    cameDirectly: direct.has,
    list: () => checks.findings(),
    codesOf: (messageId) => checks.codesOf(messageId),
    forget() {
      stopWaiting()
      direct.clear()
      checks.forget()
    },
    restart(attributionDays, observeAgain = () => undefined) {
      stopWaiting()
      checks = start(attributionDays)
      isTelling = false
      observeAgain()
      checks.settle()
      isTelling = true
    }
  }
}

/** Sponsored brands are neither listings nor banners, so their winners have no format. */
function toObservation({ at, opaqueUserId, winners }: AuctionRun): Observation {
  return {
    kind: 'auction',
    time: at,
    ...(opaqueUserId !== undefined && { opaqueUserId }),
    winners: winners.map(({ format, ...winner }) => ({ ...winner, ...(format !== 'brands' && { format }) }))
  }
}

function isLink(body: Record<string, unknown>): body is { from: string; to: string } {
  return typeof body.from === 'string' && typeof body.to === 'string'
}

/** The sandbox has checked these events. In live mode, the destination has made them. */
function toWireEvents({ impressions, clicks, purchases, pageviews }: Record<string, unknown>): WireEvents {
  return { impressions, clicks, purchases, pageviews } as WireEvents
}
