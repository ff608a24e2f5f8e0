import type { GroupFacts, Interaction, JudgeContext, Purchase, UserLinkFact } from './model'
import { CLOCK_TOLERANCE, isBefore } from './times'

/**
 * Looks for interactions of a person before an order, within the attribution window of its format.
 *
 * @returns undefined if there is one with the user id of the order, or if there may have been one that was forgotten.
 *   Otherwise, `other` is an interaction with another id of the person, if there is one
 */
export function readHistory(purchase: Purchase, group: GroupFacts<'person'>, context: JudgeContext) {
  const { impressions, clicks, links, past } = group
  const { windows } = context
  const earliest = purchase.time - windows.longest - CLOCK_TOLERANCE
  const latest = purchase.time + CLOCK_TOLERANCE
  const users = findLinkedUsers(purchase.user, [...links, ...(past?.links() ?? [])])
  const isInTime = (interaction: Interaction): boolean =>
    interaction.time >= purchase.time - windows.of(interaction) - CLOCK_TOLERANCE && isBefore(interaction, purchase)
  const isOwn = (interaction: Interaction): boolean => users.has(interaction.user) && isInTime(interaction)

  if (impressions.some(isOwn) || clicks.some(isOwn)) return undefined
  if (!past && context.mayHaveLost('impression', 'click', 'link')) return undefined

  const periods = past?.interactions() ?? []
  const inTime = periods.filter(({ first, last }) => {
    return (first >= earliest && first <= latest) || (last >= earliest && last <= latest)
  })
  // A user with interactions before and after this time may also have had some within it.
  const isUncertain = periods.some(({ first, last }) => first < earliest && last > latest)
  if (inTime.some(({ user }) => users.has(user)) || isUncertain || past?.isWhole() === false) return undefined
  return { other: impressions.find(isInTime) ?? clicks.find(isInTime) ?? inTime.at(0) }
}

/** Returns the orders that came through Segment, one for each event id. */
export function listOrders({ purchases }: Pick<GroupFacts, 'purchases'>): Purchase[] {
  if (purchases.length === 0) return []
  const ids = new Set<string>()
  return purchases.filter(({ path, id }) => {
    if (path === 'direct' || ids.has(id)) return false
    ids.add(id)
    return true
  })
}

/** Returns this user and all users that are linked to it, also over several links. */
function findLinkedUsers(user: string, links: readonly Pick<UserLinkFact, 'from' | 'to'>[]): Set<string> {
  const users = new Set([user])
  for (let size = 0; size !== users.size;) {
    size = users.size
    for (const { from, to } of links) {
      if (users.has(from)) users.add(to)
      if (users.has(to)) users.add(from)
    }
  }
  return users
}
