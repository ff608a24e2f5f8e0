import { signal } from '@preact/signals'
import { MINUTE, SECOND } from '../../core/durations'
import { put } from '../api'
import { notify, orNotify } from '../notice'
import { faults } from '../stream/signals'
import { describeLimit, type FaultScript, type FaultTarget, type Limit } from './fault-scripts'

/** How many requests, seconds or minutes a button applies to. */
export const length = signal(3)

/** What `length` counts. `ended`: the button applies until somebody ends it. */
export type LengthUnit = 'requests' | 'seconds' | 'minutes' | 'ended'

export const unit = signal<LengthUnit>('requests')

const ROUTES = { events: '/workbench/faults', auctions: '/workbench/auctions' }

/** Adds a script after the others. */
export async function addScript(target: FaultTarget, { title, step }: FaultScript): Promise<void> {
  const limit = toLimit()
  await orNotify(async () => {
    await replace(target, [...faults.value[target], { ...step, ...limit }])
    const which = limit.times === undefined ? '' : 'the next '
    const what = limit.times === undefined ? '' : target === 'events' ? ' requests with events' : ' auctions'
    notify(`${title}: ${which}${describeLimit(limit)}${what}.`)
  })
}

/** Ends all scripts. */
export async function clearScripts(): Promise<void> {
  await orNotify(() => Promise.all([replace('events', []), replace('auctions', [])]))
}

function toLimit(): Limit {
  if (unit.value === 'requests') return { times: length.value }
  if (unit.value === 'ended') return { until: 'ended' }
  const milliseconds = length.value * (unit.value === 'minutes' ? MINUTE : SECOND)
  return { until: new Date(Date.now() + milliseconds).toISOString() }
}

async function replace(target: FaultTarget, steps: unknown[]): Promise<void> {
  const left = await put(ROUTES[target], steps)
  faults.value = { ...faults.value, [target]: left }
}
