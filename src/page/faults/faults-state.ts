import { signal } from '@preact/signals'
import { MINUTE, SECOND } from '../../core/durations'
import type { FaultsLeft } from '../../workbench/api'
import { get, put } from '../api'
import { notify, orNotify } from '../notice'
import { describeLimit } from './fault-scripts'
import type { FaultScript, Limit } from './fault-scripts'

/** The scripts that are not used up. `undefined` before the server has answered. */
export const faultsLeft = signal<FaultsLeft | undefined>(undefined)

/** How many requests, seconds or minutes a button applies to. */
export const length = signal(3)

/** What `length` counts. `ended`: the button applies until somebody ends it. */
export type LengthUnit = 'requests' | 'seconds' | 'minutes' | 'ended'

export const unit = signal<LengthUnit>('requests')

/** Why the scripts cannot be shown. */
export const faultsProblem = signal('')

const EVERY = 1_000

/** Reads the scripts every second. Returns a function that stops it. */
export function followFaults(): () => void {
  void readFaults()
  const timer = setInterval(() => {
    if (!document.hidden) void readFaults()
  }, EVERY)
  return () => {
    clearInterval(timer)
  }
}

/** Adds a script after the others. */
export async function addScript({ title, target, step }: FaultScript): Promise<void> {
  const limit = toLimit()
  await change(async () => {
    const left = await get<FaultsLeft>('/workbench/faults')
    await put(`/workbench/${ROUTES[target]}`, [...left[target], { ...step, ...limit }])
    const which = limit.times === undefined ? '' : 'the next '
    const what = limit.times === undefined ? '' : target === 'events' ? ' requests with events' : ' auctions'
    notify(`${title}: ${which}${describeLimit(limit)}${what}.`)
  })
}

/** Ends all scripts. */
export async function clearScripts(): Promise<void> {
  await change(() => Promise.all([put('/workbench/faults', []), put('/workbench/auctions', [])]))
}

function toLimit(): Limit {
  if (unit.value === 'requests') return { times: length.value }
  if (unit.value === 'ended') return { until: 'ended' }
  const milliseconds = length.value * (unit.value === 'minutes' ? MINUTE : SECOND)
  return { until: new Date(Date.now() + milliseconds).toISOString() }
}

const ROUTES = { events: 'faults', auctions: 'auctions' }

async function readFaults(): Promise<void> {
  try {
    faultsLeft.value = await get<FaultsLeft>('/workbench/faults')
    faultsProblem.value = ''
  } catch (error) {
    faultsProblem.value = (error as Error).message
  }
}

async function change(act: () => Promise<unknown>): Promise<void> {
  await orNotify(act)
  await readFaults()
}
