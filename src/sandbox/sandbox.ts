import type { Refusal } from './answers'
import { createSandboxApp, type SandboxExchange, type SandboxApp } from './app'
import {
  type AttributedLine,
  type Attribution,
  type AttributionIndex,
  createAttributionIndex,
  type PersonTrace
} from './attribution/attribution'
import {
  type AttributionChanges,
  type AttributionSettings,
  changeSettings,
  DEFAULT_SETTINGS
} from './attribution/settings'
import { type AuctionRun, createAuctionHouse } from './auctions/auction-house'
import type { Bid } from './auctions/bids'
import type { Product } from './auctions/catalogue'
import type { AuctionScript } from './auctions/scripts'
import type { EventsByType, EventType } from './contract'
import type { Fault } from './faults'
import { createEventStore, refuseUnknownBid } from './event-store'
import { createLedger, type Dropped, type Ledger } from './ledger'
import { createScriptQueue } from './script-queue'
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
export type Sandbox = {
  /** Answers Topsort's routes under `/v2`. Serve it, or call its `request` in a test. */
  app: SandboxApp
  /** Returns a copy of the stored events and links. */
  ledger: () => Ledger
  /** Returns the stored events and links without copying them, which is faster. The caller must not change them. */
  view: () => Readonly<Ledger>
  /** Returns how many entries were dropped because newer entries came. */
  dropped: () => Dropped
  /** Sets faults for the next requests for events or links. Replaces the remaining faults. */
  script: (faults: readonly Fault[]) => void
  /** Returns a copy of the products that can win auctions. */
  catalogue: () => Product[]
  replaceCatalogue: (products: readonly Product[]) => void
  /** Sets the results of the next auctions. Replaces the remaining steps. */
  scriptAuctions: (scripts: readonly AuctionScript[]) => void
  /** Returns what is left of the scripts. */
  scriptsLeft: () => ScriptsLeft
  /** Returns the credit for each stored order line. */
  attribution: () => Attribution
  /** Returns the credit for the lines of one order. Empty if the order is not known. */
  attributionOf: (purchaseId: string) => AttributedLine[]
  /** Returns the interactions and the order lines of a person. */
  trace: (opaqueUserId: string) => PersonTrace
  /** Returns what an auction here gave with a bid. */
  findBid: (resolvedBidId: string) => Bid | undefined
  changeAttribution: (changes: AttributionChanges) => void
  /** Returns whether the sandbox currently refuses bids that none of its auctions returned. */
  checksBids: () => boolean
  /** Returns the settings of attribution, without working out any credit. */
  attributionSettings: () => AttributionSettings
  /** Forgets everything, and continues from a snapshot. */
  restore: (snapshot: CheckedSnapshot) => void
  /** Forgets events, links, bids, faults and scripts. Keeps the catalogue and the settings of attribution. */
  forget: () => void
}

const DEFAULT_KEEP = 10_000

/**
 * Creates a sandbox. It checks the key and the contract as Topsort does, stores all events of a request or none, and
 * runs auctions. Scripted faults make it fail.
 *
 * @example
 * const sandbox = createSandbox()
 * serve({ fetch: sandbox.app.fetch, hostname: '127.0.0.1', port: 3000 })
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const {
    now = Date.now,
    refuse = refuseUnknownBid,
    strictBids = false,
    lenient = false,
    keep = DEFAULT_KEEP,
    onRequest,
    onAuction,
    onChange = () => undefined
  } = options
  const store = createLedger(keep)
  const faults = createScriptQueue<Fault>(onChange)
  const auctions = createAuctionHouse(now, onAuction, onChange)
  const attribution = createAttributionIndex(auctions, keep)
  const credit = createCredit(attribution, onChange)

  const checksBids = (): boolean => strictBids || auctions.hasRun()

  const intake = createEventStore({ store, attribution, auctions, now, refuse, strictBids, lenient, checksBids })
  const app = createSandboxApp({
    intake,
    auctions,
    faults,
    onRequest(exchange) {
      onRequest?.(exchange)
      onChange()
    }
  })

  const forget = (): void => {
    store.clear()
    faults.script([])
    auctions.forget()
    attribution.clear()
  }

  return {
    app,
    ledger: store.copy,
    view: store.view,
    dropped: store.dropped,
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
      for (const request of requests) {
        store.add(request)
        attribution.add(request)
      }
      for (const link of links) {
        store.addLink(link)
        attribution.link(link)
      }
      faults.script(scripts.events)
      auctions.script(scripts.auctions)
    },
    forget
  }
}

type Credit = Pick<Sandbox, 'attribution' | 'attributionOf' | 'trace' | 'changeAttribution' | 'attributionSettings'>

/** Works out credit by the current rules. @param onChange is called when the rules change */
function createCredit(index: AttributionIndex, onChange: () => void): Credit {
  let settings: AttributionSettings = DEFAULT_SETTINGS
  return {
    attribution: () => index.attribute(settings),
    attributionOf: (purchaseId) => index.attributeOrder(purchaseId, settings),
    trace: (opaqueUserId) => index.trace(opaqueUserId, settings),
    changeAttribution(changes) {
      settings = changeSettings(settings, changes)
      onChange()
    },
    attributionSettings: () => structuredClone(settings)
  }
}
