import { signal } from '@preact/signals'
import { put } from '../api'
import { notify, orNotify } from '../notice'
import { faults } from '../stream/signals'
import type { FaultScript } from './fault-scripts'

/** The number of requests or auctions that a button applies to. */
export const times = signal(3)

const ROUTES = { events: '/workbench/faults', auctions: '/workbench/auctions' }

/** Adds a script after the others. */
export async function addScript({ title, target, step }: FaultScript): Promise<void> {
  await orNotify(async () => {
    await replace(target, [...faults.value[target], { ...step, times: times.value }])
    notify(`${title}: the next ${times.value} ${target === 'events' ? 'requests with events' : 'auctions'}.`)
  })
}

/** Ends all scripts. */
export async function clearScripts(): Promise<void> {
  await orNotify(() => Promise.all([replace('events', []), replace('auctions', [])]))
}

async function replace(target: FaultScript['target'], steps: unknown[]): Promise<void> {
  const left = await put(ROUTES[target], steps)
  faults.value = { ...faults.value, [target]: left }
}
