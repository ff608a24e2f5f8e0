import type { Finding, WireEvents } from '../../checks'
import { createChecks } from '../../checks'
import { isObject } from '../../core'
import type { SettledResult, TakenEvent } from '../../pipeline'
import type { AuctionRun } from '../../sandbox'

/** Passes the events of the workbench to the checks. */
export type Findings = FindingsInput & {
  /** Returns all findings, most expensive first. */
  list: () => Finding[]
  /** Returns the codes of the findings about an event. */
  codesOf: (messageId: string) => string[]
  forget: () => void
  /** Starts findings of other events, which are not shown before `commit`. */
  prepare: () => PreparedFindings
}

/** Takes what the checks look at. */
export type FindingsInput = {
  /** Takes a Segment call with its final results. */
  onSettled: (event: TakenEvent, results: SettledResult[]) => void
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

type Observe = (observation: Parameters<Checks['observe']>[0]) => void

/**
 * Creates the findings of a workbench.
 *
 * @param tell is called with the first case of a mistake, and with each case whose number is a power of ten
 * @param onMark is called with the message id of an event when a finding about it appears or is taken back
 */
export function createFindings(
  tell: (finding: Finding) => void = () => undefined,
  onMark: (messageId: string) => void = () => undefined
): Findings {
  let checks = createMarkingChecks()
  let quiet: NodeJS.Timeout | undefined

  function createMarkingChecks(): Checks {
    const created: Checks = createChecks({
      window: { facts: MAX_FACTS },
      onMark(messageId) {
        if (created === checks) onMark(messageId)
      }
    })
    return created
  }

  function settleLater(): void {
    quiet ??= setTimeout(() => {
      quiet = undefined
      checks.settle().forEach(tell)
    }, QUIET).unref()
    quiet.refresh()
  }

  return {
    ...createInput((observation) => {
      checks.observe(observation).forEach(tell)
      settleLater()
    }),
    list: () => checks.findings(),
    codesOf: (messageId) => checks.codesOf(messageId),
    forget() {
      clearTimeout(quiet)
      quiet = undefined
      checks.forget()
    },
    prepare() {
      const prepared = createMarkingChecks()
      const told: Finding[] = []
      return {
        ...createInput((observation) => told.push(...prepared.observe(observation))),
        commit() {
          checks = prepared
          told.forEach(tell)
          settleLater()
        }
      }
    }
  }
}

function createInput(observe: Observe): FindingsInput {
  return {
    onSettled(event, results) {
      const deliveries = results.map(({ mapping, delivery: { ok, reason, sent } }) => {
        const body = isObject(sent) ? sent : {}
        if (ok && isLink(body)) observe({ kind: 'link', from: body.from, to: body.to })
        const action = mapping.partnerAction
        return { mapping: mapping.name, action, ok, ...(reason && { reason }), sent: toWireEvents(body) }
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
