import { sight } from '../check'
import type { Check } from '../check'
import type { Interaction } from '../facts'
import { isByAnotherMapping } from '../reports'
import { SECOND } from '../times'

/** Nobody opens a product and then adds it to the cart within this time, so such a pair of events is one tap. */
const ONE_TAP = SECOND

/** Two clicks of different names, or of different mappings, for one tap on one ad. A second tap is right. */
export const doubleClick: Check = {
  code: 'double-click',
  severity: 'loses money',
  title: 'One tap on an ad was reported as two clicks',
  why: 'Topsort bills each click, so the advertiser pays twice for one tap.',
  cure: 'Map only one of the two Segment events to a click. Switch off the mapping of the other, or change its trigger.',
  groups: {
    bid: ({ clicks }) =>
      clicks.flatMap((click, index) => {
        const other = firstOfTap(clicks, index)
        return other ? [sight(click, { otherMessageId: other.messageId })] : []
      })
  }
}

/** The clicks are in order of time, so the search ends where the tap began. */
function firstOfTap(clicks: readonly Interaction[], index: number): Interaction | undefined {
  const click = clicks[index]
  let first: Interaction | undefined
  for (let place = index - 1; place >= 0 && click.time - clicks[place].time <= ONE_TAP; place -= 1) {
    if (isSameTap(clicks[place], click)) first = clicks[place]
  }
  return first
}

function isSameTap(one: Interaction, other: Interaction): boolean {
  if (one.path === 'direct' || other.path === 'direct') return false
  if (one.isFollowUp || other.isFollowUp || one.user !== other.user) return false
  if (one.messageId === other.messageId) return isByAnotherMapping(one, other)
  return one.name !== other.name && mayBeSameProduct(one, other)
}

function mayBeSameProduct({ products: one }: Interaction, { products: other }: Interaction): boolean {
  return one.length === 0 || other.length === 0 || one.some((id) => other.includes(id))
}
