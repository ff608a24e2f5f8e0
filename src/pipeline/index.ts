import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { batchSize, deliver } from './deliver'
import type { Outcome } from './deliver'
import { InputError } from './input-error'
import { labelOf } from './intake'
import type { EventLabel, Refusal, TakenEvent } from './intake'
import { filterOf, isMeantFor, presetMappings } from './mappings'
import type { Mapping, Switch } from './mappings'
import { createQueue } from './queue'
import type { Queue, Timing } from './queue'
import { createSeen } from './seen'

export { InputError } from './input-error'
export { readMessages, trackingCalls } from './intake'
export type { EventLabel, Intake, Refusal, TakenEvent, TrackingCall } from './intake'
export type { Mapping, Switch } from './mappings'
export type { Timing } from './queue'

/**
 * What became of one event at one mapping in the end. An event that gets to no mapping has one entry too, with the status
 * 200 when there is just none that takes it or it came before, and 400 when Segment refuses it.
 */
export type Delivery = Outcome & {
  event: EventLabel
  /** The name of the mapping; null when the event got to none. */
  mapping: string | null
  /** How often the event was tried; 0 when it got to no mapping. */
  attempts: number
}

/** What a pipeline needs to know. */
export type PipelineOptions<Settings extends JSONObject> = {
  definition: DestinationDefinition<Settings>
  /** The destination's settings, as a customer saves them. */
  settings: Settings
  /** Is told of each delivery as soon as it is settled. */
  report?: (delivery: Delivery) => void
  /** What is left out is as in Segment, only shorter: batches wait a second, back-off starts with half a second. */
  timing?: Partial<Timing>
}

/** The stretch of Segment between its Tracking API and one destination. */
export type Pipeline = {
  /** Takes in what `readMessages` read. Returns at once; each event is delivered in its own time. */
  accept: (events: TakenEvent[], refused?: Refusal[]) => void
  mappings: () => Mapping[]
  /**
   * Switches mappings on or off for the events that come in from now on; those that are not named stay as they are.
   *
   * @throws InputError when there is no mapping with such a name; then none is switched
   */
  switchMappings: (switches: Switch[]) => void
  /** The newest 10,000 deliveries, in the order in which they were settled. */
  deliveries: () => Delivery[]
  /**
   * Starts over: drops the deliveries and all events that are not delivered yet, and sets the mappings back to the
   * presets. Resolves when the requests that are under way have ended; they are not reported.
   */
  forget: () => Promise<void>
  /** Delivers what waits without waiting any longer. Resolves when everything taken in is settled, retries included. */
  drain: () => Promise<void>
}

type Route = { mapping: Mapping; takes: (event: TakenEvent) => boolean; queue: Queue<TakenEvent> }

const MAX_DELIVERIES = 10_000

/** Segment drops what comes again with the same message id within a day, such as what a browser sends twice. */
const MAX_SEEN = 100_000

const TIMING: Timing = { batchWait: 1_000, backOff: 500, random: Math.random }

/**
 * Makes a pipeline with the destination's presets as its mappings.
 *
 * @throws Error when the destination's presets do not fit its actions
 */
export function createPipeline<Settings extends JSONObject>({
  definition,
  settings,
  report = () => undefined,
  timing
}: PipelineOptions<Settings>): Pipeline {
  let deliveries: Delivery[] = []
  let routes = presetMappings(definition).map(createRoute)
  const seen = createSeen(MAX_SEEN)

  function createRoute(mapping: Mapping): Route {
    const target = { definition, settings, mapping }
    const queue = createQueue<TakenEvent, Outcome>({
      size: batchSize(target),
      timing: { ...TIMING, ...timing },
      attempt: (events) => deliver(target, events),
      settle: (event, outcome, attempts) => {
        record({ event: labelOf(event), mapping: mapping.name, attempts, ...outcome })
      }
    })
    return { mapping, takes: filterOf(mapping), queue }
  }

  function record(delivery: Delivery): void {
    deliveries.push(delivery)
    if (deliveries.length > MAX_DELIVERIES) deliveries.shift()
    report(delivery)
  }

  function isTaken(event: TakenEvent, { mapping, takes }: Route): boolean {
    return mapping.enabled && isMeantFor(definition.name, event) && takes(event)
  }

  function whyNotTaken(event: TakenEvent, isRepeat: boolean): string {
    const { name, type } = labelOf(event)
    const title = name ? `"${name}"` : `this ${type} call`
    if (isRepeat) return `Dropped ${title}, whose messageId came before.`
    return isMeantFor(definition.name, event)
      ? `No mapping that is switched on takes ${title}.`
      : `The "integrations" of ${title} keep it from ${definition.name}.`
  }

  function recordUndelivered(event: EventLabel, status: number, message: string): void {
    record({ event, mapping: null, status, ok: status < 400, attempts: 0, message })
  }

  return {
    accept(events, refused = []) {
      for (const { event, message } of refused) recordUndelivered(event, 400, message)
      for (const event of events) {
        const isRepeat = seen.has(event.messageId)
        const takers = isRepeat ? [] : routes.filter((route) => isTaken(event, route))
        for (const { queue } of takers) queue.add(event)
        if (takers.length === 0) recordUndelivered(labelOf(event), 200, whyNotTaken(event, isRepeat))
      }
    },
    mappings: () => routes.map(({ mapping }) => ({ ...mapping })),
    switchMappings(switches) {
      const names = routes.map(({ mapping }) => mapping.name)
      const unknown = switches.find(({ name }) => !names.includes(name))
      if (unknown) {
        throw new InputError(`There is no mapping "${unknown.name}". The mappings are: ${names.join(', ')}.`)
      }
      for (const { name, enabled } of switches) {
        routes.filter(({ mapping }) => mapping.name === name).forEach(({ mapping }) => (mapping.enabled = enabled))
      }
    },
    deliveries: () => [...deliveries],
    async forget() {
      const old = routes
      routes = presetMappings(definition).map(createRoute)
      deliveries = []
      seen.forget()
      await Promise.all(old.map(({ queue }) => queue.stop()))
    },
    async drain() {
      await Promise.all(routes.map(({ queue }) => queue.drain()))
    }
  }
}
