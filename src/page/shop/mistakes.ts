import type { MappingEntry } from '../../workbench/api'
import { keep } from './storage'
import { get, put } from '../api'

/** The code of a finding that a mistake leads to. */
export type MistakeCode =
  'missing-bid' | 'user-id-mismatch' | 'double-click' | 'banner-no-follow-up' | 'double-purchase'

/** A common mistake that the shop can make. */
export type Mistake = {
  code: MistakeCode
  /** Describes the mistake of the shop. */
  title: string
  /** Describes the finding. */
  says: string
  /** Says what to do in the shop to see the finding. */
  steps: string
}

/** The mistakes, in the order of the loop. */
export const mistakes: readonly Mistake[] = [
  {
    code: 'missing-bid',
    title: 'Lose the bid after the auction',
    says: 'The findings will say that events about a winner have no bid, so the ad is not billed and gets no credit.',
    steps: 'Click on a sponsored product.'
  },
  {
    code: 'double-click',
    title: 'Map Product Clicked and Product Added to a click',
    says: 'The findings will say that one tap on an ad was reported as two clicks, and both are billed.',
    steps: 'Press “Add” on a sponsored product.'
  },
  {
    code: 'banner-no-follow-up',
    title: 'Forget the banner on the page behind it',
    says: 'The findings will say that the banner gets no credit, because no click on a product has its bid.',
    steps: 'Click on the banner, and on a product there.'
  },
  {
    code: 'user-id-mismatch',
    title: 'Send the order from a server that knows only the account',
    says: 'The findings will say that the order has another user id than the clicks before it, so nothing is credited.',
    steps: 'Click on a product, and place an order.'
  },
  {
    code: 'double-purchase',
    title: 'Report the order at each load of the thank-you page',
    says: 'The findings will say that one order was reported more than once, so its revenue counts twice.',
    steps: 'Place an order, and reload the page of thanks.'
  }
]

const active = keep<readonly MistakeCode[]>('mistakes', [])

/** Returns whether a mistake is switched on. */
export function makes(code: MistakeCode): boolean {
  return active.value.includes(code)
}

/** Switches a mistake on or off, until the tab is closed. */
export function switchMistake(code: MistakeCode, isOn: boolean): void {
  active.value = [...active.value.filter((other) => other !== code), ...(isOn ? [code] : [])]
}

const NAME = 'Add to Cart as a Click'
const PATH = '/workbench/mappings'

/**
 * Adds a second click mapping, which takes `Product Added`, or removes it. A tap on "Add" then makes two clicks, because
 * the shop reports `Product Clicked` for it too.
 */
export async function switchDoubleMapping(isOn: boolean): Promise<void> {
  const mappings = await get<MappingEntry[]>(PATH)
  const others = mappings.filter(({ name }) => name !== NAME)
  const click = others.find(({ name, action }) => name === 'Click' && action === 'click')
  if (isOn && !click) throw new Error('There is no mapping "Click" to copy. Switch the preset on in Mappings.')
  const double = click && { ...click, name: NAME, enabled: true, trigger: 'type = "track" and event = "Product Added"' }
  await put(PATH, isOn && double ? [...others, double] : others)
}

/** Returns whether the second click mapping is on. Somebody may have changed the mappings or restarted the workbench. */
export async function isDoublyMapped(): Promise<boolean> {
  const mappings = await get<MappingEntry[]>(PATH)
  return mappings.some(({ name, enabled }) => name === NAME && enabled)
}
