import { signal } from '@preact/signals'
import type { FaultsLeft } from '../../api'
import { get, put } from '../api'
import { complain, say } from '../notice'
import type { FaultScript } from './fault-scripts'

/** What is left of the scripts. `undefined` before the server has answered. */
export const faultsLeft = signal<FaultsLeft | undefined>(undefined)

/** For how many requests or auctions a button is meant. */
export const times = signal(3)

/** Why the scripts cannot be shown. */
export const faultsProblem = signal('')

const EVERY = 1_000

/** Reads what is left, every second. Returns the end of it. */
export function followFaults(): () => void {
  void readFaults()
  const timer = setInterval(() => {
    if (!document.hidden) void readFaults()
  }, EVERY)
  return () => {
    clearInterval(timer)
  }
}

/** Adds a script to what is left. */
export async function addScript({ title, target, step }: FaultScript): Promise<void> {
  await change(async () => {
    const left = await get<FaultsLeft>('/workbench/faults')
    await put(`/workbench/${ROUTES[target]}`, [...left[target], { ...step, times: times.value }])
    say(`${title}: the next ${times.value} ${target === 'events' ? 'requests with events' : 'auctions'}.`)
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
  try {
    await act()
  } catch (error) {
    complain(error)
  }
  await readFaults()
}
