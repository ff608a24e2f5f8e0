import { computed, signal } from '@preact/signals'
import type { AttributionSettings, Shopper, ShopperSummary, ShopperTab, Worklist } from '../../workbench/api'
import { afterChanges } from '../after-changes'
import { get, put } from '../api'
import { counts } from '../stream/signals'
import { orNotify } from '../notice'
import { changeParameters, place } from '../place'

/** The largest number of shoppers in the list. The newest ones are shown. */
export const LISTED = 200

/** The shoppers that match the filter, and what is lost. `undefined` before the server has answered. */
export const worklist = signal<Worklist | undefined>(undefined)

/** The listed shoppers, newest first. */
export const shoppers = computed<readonly ShopperSummary[] | undefined>(() => worklist.value?.shoppers.toReversed())

/** The filter of the list, as it is in the URL. */
export const filterParameters = computed(() => {
  const { find, tab } = place.value.parameters
  return { find, tab }
})

/** The tabs of the list. */
export const TABS: readonly { key?: ShopperTab; title: string; count: (list: Worklist | undefined) => number }[] = [
  { title: 'All', count: (list) => list?.total ?? 0 },
  { key: 'lost', title: 'Lost credit', count: (list) => list?.tabs.lost ?? 0 },
  { key: 'credited', title: 'Credited', count: (list) => list?.tabs.credited ?? 0 },
  { key: 'no-order', title: 'No order', count: (list) => list?.tabs['no-order'] ?? 0 }
]

/** Changes the filter of the list. The newest shopper that matches is shown then. */
export function changeFilter(changes: { find?: string; tab?: ShopperTab }): void {
  const { find, tab } = { ...filterParameters.value, ...changes }
  changeParameters({ find, tab, user: undefined })
}

/** The shown shopper, with all events. */
export const shopper = signal<Shopper | undefined>(undefined)

/** The reason if the data cannot be loaded. */
export const shoppersProblem = signal('')

/** The shopper that the URL names, or else the newest. */
export const selectedUser = computed(() => place.value.parameters.user ?? shoppers.value?.[0]?.user)

/** Events that arrive together are read together. Milliseconds. */
const PAUSE = 300

/** Reads the shoppers now, and after each new event or selection. Returns a function that stops it. */
export function followShoppers(): () => void {
  return afterChanges(
    () => [counts.value, place.value.parameters.user, filterParameters.value],
    PAUSE,
    (stopped) => void readShoppers(stopped)
  )
}

/** Changes the rules of credit, and loads the result. */
export async function changeAttribution(settings: AttributionSettings): Promise<void> {
  // Otherwise a switch would jump back until the workbench has answered.
  if (shopper.value) shopper.value = { ...shopper.value, settings }
  await orNotify(() => put('/workbench/attribution', settings))
  await readShoppers()
}

async function readShoppers(stopped?: AbortSignal): Promise<void> {
  try {
    const { find = '', tab = '' } = filterParameters.value
    const query = new URLSearchParams({ limit: String(LISTED), ...(find && { find }), ...(tab && { tab }) })
    worklist.value = await get<Worklist>(`/workbench/worklist?${query.toString()}`, stopped)
    const user = selectedUser.value
    const whole = user === undefined ? undefined : await readShopper(user, stopped)
    if (stopped?.aborted) return
    shopper.value = whole
    shoppersProblem.value = ''
  } catch (error) {
    if (stopped?.aborted) return
    shopper.value = undefined
    shoppersProblem.value = (error as Error).message
  }
}

async function readShopper(user: string, stopped?: AbortSignal): Promise<Shopper> {
  // Browsers treat such a part of a path as a step up or down, even if it is encoded.
  if (user === '.' || user === '..')
    throw new Error(`A shopper whose id is "${user}" cannot be shown: it fits in no URL.`)
  return get(`/workbench/shoppers/${encodeURIComponent(user)}`, stopped)
}
