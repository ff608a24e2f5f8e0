import { signal } from '@preact/signals'
import { storeAs } from './storage'

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

const stored = storeAs<MistakeCode[]>('mistakes')

const active = signal<MistakeCode[]>(stored.read() ?? [])

/** Returns whether a mistake is switched on. */
export function makes(code: MistakeCode): boolean {
  return active.value.includes(code)
}

/** Switches a mistake on or off, until the tab is closed. */
export function switchMistake(code: MistakeCode, isOn: boolean): void {
  active.value = [...active.value.filter((other) => other !== code), ...(isOn ? [code] : [])]
  stored.write(active.value)
}
