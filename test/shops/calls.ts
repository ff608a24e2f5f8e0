import { DAY, MINUTE, SECOND } from '../../src/core'
import { seeded } from '../support/random'

/** A source of calls, and the context that its SDK sends. */
export type Source = { projectId: string; context: object }

/** Who makes a call. */
export type Ids = { anonymousId?: string; userId?: string }

/** A Segment call as in an archive. */
export type Call = Ids & {
  type: 'track'
  event: string
  messageId: string
  properties: object
  projectId: string
  context: object
  timestamp: string
  receivedAt: string
}

/** Collects the calls of an invented shop. */
export type Shop = {
  /** Returns a whole number from 0 up to, but not including, `below`. It is the same on every run. */
  number: (below: number) => number
  /** Adds a Track call. @param minute minutes after the shop opened, on its first day */
  track: (source: Source, ids: Ids, minute: number, event: string, properties: object) => void
  /** Returns the calls in order of receipt. */
  calls: () => Call[]
}

/** A Monday at 6 in the morning, UTC. */
const OPENING = Date.UTC(2026, 2, 2, 6)

/** The minutes of a day. */
export const DAY_MINUTES = DAY / MINUTE

/** An SDK of a browser. */
export const BROWSER = { library: { name: 'analytics.js', version: 'npm:next-1.70.0' }, userAgent: 'Mozilla/5.0 (X11)' }

/** An SDK of a server. */
export const SERVER = { library: { name: 'analytics-node', version: '2.1.3' } }

/** Returns the context of an app for iOS. */
export function iosApp(version: string): object {
  return {
    library: { name: 'analytics-swift', version: '1.7.3' },
    app: { version },
    os: { name: 'iOS' },
    device: { type: 'ios' }
  }
}

/** Creates a shop without calls. */
export function createShop(seed: number): Shop {
  const random = seeded(seed)
  const calls: Call[] = []
  return {
    number: (below) => Math.floor(random() * below),
    track({ projectId, context }, ids, minute, event, properties) {
      const time = OPENING + minute * MINUTE
      calls.push({
        type: 'track',
        event,
        messageId: `${projectId}-${calls.length}`,
        ...ids,
        properties,
        projectId,
        context,
        timestamp: new Date(time).toISOString(),
        receivedAt: new Date(time + 2 * SECOND).toISOString()
      })
    },
    calls: () => calls.sort((one, other) => (one.receivedAt < other.receivedAt ? -1 : 1))
  }
}
