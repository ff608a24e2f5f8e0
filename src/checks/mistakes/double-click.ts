import { SECOND } from '../../core'
import type { Check, Interaction } from '../model'
import { isByAnotherMapping } from '../repeats'
import { toSighting } from '../sighting'

/** Two events within this time come from one tap. Nobody opens a product and adds it to the cart this fast. */
const ONE_TAP = SECOND

/** One tap on an ad became two clicks, with different event names or through two mappings. A second tap is correct. */
export const doubleClick: Check = {
  code: 'double-click',
  severity: 'loses money',
  title: 'One tap on an ad was reported as two clicks',
  why: 'Topsort bills each click, so the advertiser pays twice for one tap.',
  cure: 'Map only one of the two Segment events to a click. Switch off the mapping of the other, or change its trigger.',
  groups: {
    bid({ clicks }) {
      if (clicks.length < 2) return []
      return clicks.flatMap((click, index) => {
        const other = findFirstOfTap(clicks, index)
        return other ? [toSighting(click, { otherMessageId: other.messageId })] : []
      })
    }
  }
}

/** Returns the earliest other click of the same tap. The clicks are sorted by time. */
function findFirstOfTap(clicks: readonly Interaction[], index: number): Interaction | undefined {
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
