import { signal } from '@preact/signals'
import type { FaultsLeft } from '../../workbench/api'
import { get, put } from '../api'
import { notify, orNotify } from '../notice'
import type { FaultScript } from './fault-scripts'

/** The scripts that are not used up. `undefined` before the server has answered. */
export const faultsLeft = signal<FaultsLeft | undefined>(undefined)

/** The number of requests or auctions that a button applies to. */
export const times = signal(3)

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
  await change(async () => {
    const left = await get<FaultsLeft>('/workbench/faults')
    await put(`/workbench/${ROUTES[target]}`, [...left[target], { ...step, times: times.value }])
    notify(`${title}: the next ${times.value} ${target === 'events' ? 'requests with events' : 'auctions'}.`)
  })
}

/** Ends all scripts. */
export async function clearScripts(): Promise<void> {
  await change(() => Promise.all([put('/workbench/faults', []), put('/workbench/auctions', [])]))
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
