import type { Finding, WireEvents } from '../checks'
import { createChecks } from '../checks'
import { isObject } from '../json'
import type { SettledResult, TakenEvent } from '../pipeline'
import type { AuctionRun } from '../sandbox'

/** The checks, fed by what happens in the workbench. */
export type Findings = {
  /** Takes a Segment call with its final results. */
  onSettled: (event: TakenEvent, results: SettledResult[]) => void
  onAuction: (auction: AuctionRun) => void
  /** Takes the body of a request to Topsort's API that did not come through Segment. */
  onDirect: (body: unknown) => void
  /** Everything found so far, most expensive first. */
  list: () => Finding[]
  /** Returns the codes of the findings about an event. */
  codesOf: (messageId: string) => string[]
  forget: () => void
}

/** A finding that a late event could take back is told when nothing has happened for so long. Milliseconds. */
const QUIET = 5_000

/** About as many events. An hour of a load test would otherwise fill the memory of the workbench. */
const MAX_FACTS = 20_000

/**
 * Creates the findings of a workbench.
 *
 * @param tell Is called the first time that a mistake is seen, and at each power of ten after
 * @param onMark Is called with the message id of an event when a finding about it appears or is taken back
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
    onSettled(event, results) {
      const deliveries = results.map(({ mapping, delivery: { ok, status, message, sent } }) => {
        const body = isObject(sent) ? sent : {}
        if (ok && isLink(body)) observe({ kind: 'link', from: body.from, to: body.to })
        return { mapping: mapping.name, action: mapping.partnerAction, ok, status, message, sent: toWireEvents(body) }
      })
      observe({ kind: 'event', event, deliveries })
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

/** The sandbox has checked these events. In live mode the destination has made them. */
function toWireEvents({ impressions, clicks, purchases, pageviews }: Record<string, unknown>): WireEvents {
  return { impressions, clicks, purchases, pageviews } as WireEvents
}
