import { compareSamples, type IdSample, sayShare } from '../checks'
import { findKnownEvent } from '../shop-systems'
import { listBids, listOrderIds } from './candidates'
import type { Classified, NotReported } from './classify'
import type { Kind } from './kinds'
import type { NameProfile } from './profile'

/**
 * If at least this share of what is in the events of a name is also in those of another name, they report one action. Events
 * may have other ids of a product beside the shared one.
 */
const SAME = 0.3

/** Fewer shared moments may be chance. */
const ENOUGH = 10

const SAME_KIND: Partial<Record<Kind, string>> = {
  purchase: 'order',
  click: 'tap',
  bannerClick: 'tap',
  impression: 'view',
  bannerImpression: 'view',
  list: 'view'
}

/**
 * Keeps one of two names that report the same action: the order of browser and server, or one tap. Topsort would bill or
 * count it twice.
 *
 * @param isTaken returns whether a mapping takes the events of a name
 */
export function dropDuplicates(
  found: readonly Classified[],
  isTaken: (name: string) => boolean
): { found: Classified[]; left: NotReported[] } {
  const ranked = [...found].sort(
    (one, other) =>
      Number(isTaken(other.profile.name)) - Number(isTaken(one.profile.name)) ||
      Number(other.isSure) - Number(one.isSure) ||
      worthOf(other.profile) - worthOf(one.profile) ||
      Number(isKnown(other)) - Number(isKnown(one)) ||
      other.profile.count - one.profile.count ||
      (one.profile.name < other.profile.name ? -1 : 1)
  )
  const kept: Classified[] = []
  const left: NotReported[] = []
  for (const each of ranked) {
    const noun = SAME_KIND[each.kind]
    const pairs = kept.filter(({ kind }) => kind === each.kind && noun !== undefined)
    const same = pairs.find((other) => shareOf(each, other) >= SAME)
    if (!same) {
      kept.push(each)
      continue
    }
    const why = `${sayShare(shareOf(each, same))} of them report the same ${noun ?? ''} as "${same.profile.name}". Topsort would get it twice.`
    left.push({ profile: each.profile, why })
  }
  return { found: found.filter((each) => kept.includes(each)), left }
}

function isKnown({ profile }: Classified): boolean {
  return findKnownEvent(profile.name) !== undefined
}

/** Events with bids are worth more. */
function worthOf(profile: NameProfile): number {
  return listBids(profile.root).reduce((sum, { values }) => sum + values, 0)
}

/** Returns the share of the events of a name that report what events of another name report. */
function shareOf({ kind, profile }: Classified, { profile: other }: Classified): number {
  if (kind === 'purchase') return shareOfOrders(profile, other)
  return share(profile.moments, other.moments)
}

function shareOfOrders(profile: NameProfile, other: NameProfile): number {
  const shares = listOrderIds(profile).flatMap(({ sample }) =>
    listOrderIds(other).map((node) => (sample && node.sample ? share(sample, node.sample) : 0))
  )
  return Math.max(0, ...shares)
}

function share(one: IdSample, other: IdSample): number {
  const { count, of } = compareSamples(one, other)
  return count < Math.min(ENOUGH, of) ? 0 : count / Math.max(1, of)
}
