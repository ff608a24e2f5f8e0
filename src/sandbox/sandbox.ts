import type { Refusal } from './answers'
import { createSandboxApp, type SandboxExchange, type SandboxApp } from './app'
import type { AttributedLine, Attribution, AttributionIndex, PersonTrace } from './attribution/attribution'
import {
  type AttributionChanges,
  type AttributionSettings,
  changeSettings,
  DEFAULT_SETTINGS
} from './attribution/settings'
import { type AuctionHouse, type AuctionRun, createAuctionHouse } from './auctions/auction-house'
import type { EventsByType, EventType } from './contract'
import type { Fault } from './faults'
import { createEventStore, type EventStore, refuseUnknownBid } from './event-store'
import type { Ledger, LedgerStore } from './ledger'
import { createScriptQueue, type ScriptQueue } from './script-queue'
import type { CheckedSnapshot, ScriptsLeft } from './snapshot'

/** Options for `createSandbox`. */
export type SandboxOptions = {
  /** The clock, in epoch milliseconds. Events with a later time are refused. Default: the system's clock. */
  now?: () => number
  /**
   * Returns a refusal for an event that fits the contract but must be refused. Its request is then answered with 400.
   * Default: refuses a `resolvedBidId` that starts with `unknown`.
   */
  refuse?: (event: EventsByType[EventType], type: EventType) => Refusal | undefined
  /**
   * Whether to refuse every `resolvedBidId` that no auction of this sandbox returned. Default: false. Then the sandbox
   * refuses them only after the first auction.
   */
  strictBids?: boolean
  /**
   * Whether to accept requests for events with keys that the contract does not have. They are omitted, and `onRequest` gets a
   * warning. Default: false. Then such a request is refused, as the contract says.
   */
  lenient?: boolean
  /** How many impressions, clicks, purchases, page views and links to keep, the newest of each. Default: 10,000. */
  keep?: number
  /** Called for each request for events or links, just before it is answered or its connection is cut. */
  onRequest?: (exchange: SandboxExchange) => void
  /** Called after each auction. */
  onAuction?: (auction: AuctionRun) => void
  /** Called after events or links were stored, the rules of attribution changed, or scripts were replaced or used up. */
  onChange?: () => void
}

/** Topsort's API in memory. */
export type Sandbox = Pick<LedgerStore, 'view' | 'dropped'> &
  Pick<AuctionHouse, 'catalogue' | 'replaceCatalogue' | 'findBid'> &
  Pick<EventStore, 'checksBids'> &
  ReturnType<typeof createCredit> & {
    /** Answers Topsort's routes under `/v2`. Serve it, or call its `request` in a test. */
    app: SandboxApp
    /** Returns a copy of the stored events and links. */
    ledger: () => Ledger
    /** Sets faults for the next requests for events or links. Replaces the remaining faults. */
    script: ScriptQueue<Fault>['script']
    /** Sets the results of the next auctions. Replaces the remaining steps. */
    scriptAuctions: AuctionHouse['script']
    /** Returns what is left of the scripts. */
    scriptsLeft: () => ScriptsLeft
    /** Forgets everything, and continues from a snapshot. */
    restore: (snapshot: CheckedSnapshot) => void
    /** Forgets events, links, bids, faults and scripts. Keeps the catalogue and the settings of attribution. */
    forget: () => void
  }

/**
 * Creates a sandbox. It checks the key and the contract as Topsort does, stores all events of a request or none, and
 * runs auctions. Scripted faults make it fail.
 *
 * @example
 * const sandbox = createSandbox()
 * serve({ fetch: sandbox.app.fetch, hostname: '127.0.0.1', port: 3000 })
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { now = Date.now, refuse = refuseUnknownBid, strictBids = false, lenient = false, keep = 10_000 } = options
  const { onRequest, onAuction, onChange = () => undefined } = options
  const faults = createScriptQueue<Fault>(onChange)
  const auctions = createAuctionHouse(now, onAuction, onChange)
  const store = createEventStore(auctions, { now, refuse, strictBids, lenient, keep })
  const { ledger, attribution, checksBids } = store
  const credit = createCredit(attribution, onChange)
  const app = createSandboxApp({
    store,
    auctions,
    faults,
    onRequest(exchange) {
      onRequest?.(exchange)
      onChange()
    }
  })

  const forget = (): void => {
    ledger.clear()
    faults.script([])
    auctions.forget()
    attribution.clear()
  }

  return {
    app,
    ledger: ledger.copy,
    view: ledger.view,
    dropped: ledger.dropped,
    script: faults.script,
    catalogue: auctions.catalogue,
    replaceCatalogue: auctions.replaceCatalogue,
    scriptAuctions: auctions.script,
    scriptsLeft: () => ({ events: faults.left(), auctions: auctions.scriptsLeft() }),
    ...credit,
    findBid: auctions.findBid,
    checksBids,
    restore({ requests, links, auctions: runs, catalogue, attribution: changes, scripts }) {
      forget()
      auctions.replaceCatalogue(catalogue)
      // The format and product of an interaction come from its bid.
      auctions.restore(runs)
      credit.changeAttribution(changes)
      requests.forEach(store.add)
      links.forEach(store.link)
      faults.script(scripts.events)
      auctions.script(scripts.auctions)
    },
    forget
  }
}

/** Works out credit by the current rules. @param onChange is called when the rules change */
function createCredit(index: AttributionIndex, onChange: () => void) {
  let settings: AttributionSettings = DEFAULT_SETTINGS
  return {
    /** Returns the credit for each stored order line. */
    attribution: (): Attribution => index.attribute(settings),
    /** Returns the credit for the lines of one order. Empty if the order is not known. */
    attributionOf: (purchaseId: string): AttributedLine[] => index.attributeOrder(purchaseId, settings),
    /** Returns the interactions and the order lines of a person. */
    trace: (opaqueUserId: string): PersonTrace => index.trace(opaqueUserId, settings),
    changeAttribution: (changes: AttributionChanges): void => {
      settings = changeSettings(settings, changes)
      onChange()
    },
    /** Returns the settings of attribution, without working out any credit. */
    attributionSettings: (): AttributionSettings => structuredClone(settings)
  }
}
