import type { Finding, WireEvents } from '../../checks'
import { createChecks } from '../../checks'
import { isObject } from '../../core'
import type { SettledResult, TakenEvent } from '../../pipeline'
import type { AuctionRun } from '../../sandbox'

/** Passes the events of the workbench to the checks. */
export type Findings = {
  /** Takes a Segment call with its final results. */
  onSettled: (event: TakenEvent, results: SettledResult[], isKeptOut?: boolean) => void
  onAuction: (auction: AuctionRun) => void
  /** Takes the body of a request to Topsort's API that did not come through Segment. */
  onDirect: (body: unknown) => void
  /** Returns all findings, most expensive first. */
  list: () => Finding[]
  /** Returns the codes of the findings about an event. */
  codesOf: (messageId: string) => string[]
  forget: () => void
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
 */
export function createFindings(
  tell: (finding: Finding) => void = () => undefined,
  onMark?: (messageId: string) => void
): Findings {
  const checks = createChecks({ window: { facts: MAX_FACTS }, onMark })
  let quiet: NodeJS.Timeout | undefined

  function observe(...observation: Parameters<typeof checks.observe>): void {
    checks.observe(...observation).forEach(tell)
    quiet ??= setTimeout(() => {
      quiet = undefined
      checks.settle().forEach(tell)
    }, QUIET).unref()
    quiet.refresh()
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
    onAuction({ at, opaqueUserId, request, winners }) {
      observe({
        kind: 'auction',
        time: at,
        ...(opaqueUserId !== undefined && { opaqueUserId }),
        winners: winners.map((winner) => ({ ...winner, format: request.type }))
      })
    },
    onDirect(body) {
      if (!isObject(body)) return
      if (isLink(body)) observe({ kind: 'link', from: body.from, to: body.to })
      else observe({ kind: 'direct', receivedAt: new Date().toISOString(), sent: toWireEvents(body) })
    },
    list: () => checks.findings(),
    codesOf: checks.codesOf,
    forget() {
      clearTimeout(quiet)
      quiet = undefined
      checks.forget()
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
