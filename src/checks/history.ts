import type { GroupFacts, Interaction, JudgeContext, Purchase, UserLinkFact } from './model'
import type { PastInteractions } from './past/people'
import { CLOCK_TOLERANCE, isBefore } from './times'

/** The interactions of a person before an order. */
export type EarlierInteractions =
  /** There is one with the user id of the order. */
  | { had: 'own' }
  /** There is one, but only with another user id. */
  | { had: 'other'; user: string; messageId?: string }
  | { had: 'nothing' }
  /** Earlier interactions may have been forgotten. */
  | { had: 'unknown' }

/** Looks for interactions of a person before an order, within the attribution window of its format. */
export function readHistory(
  purchase: Purchase,
  group: GroupFacts<'person'>,
  context: JudgeContext
): EarlierInteractions {
  const { impressions, clicks, links, past } = group
  const { windows } = context
  const earliest = purchase.time - windows.longest - CLOCK_TOLERANCE
  const latest = purchase.time + CLOCK_TOLERANCE
  const users = findLinkedUsers(purchase.user, [...links, ...(past?.links() ?? [])])
  const isInTime = (interaction: Interaction): boolean =>
    interaction.time >= purchase.time - windows.of(interaction) - CLOCK_TOLERANCE && isBefore(interaction, purchase)
  const isOwn = (interaction: Interaction): boolean => users.has(interaction.user) && isInTime(interaction)

  if (impressions.some(isOwn) || clicks.some(isOwn)) return { had: 'own' }
  if (!past && context.mayHaveLost('impression', 'click', 'link')) return { had: 'unknown' }

  const periods = past?.interactions() ?? []
  const isPeriodInTime = ({ first, last }: PastInteractions): boolean =>
    (first >= earliest && first <= latest) || (last >= earliest && last <= latest)
  const inTime = periods.filter(isPeriodInTime)
  if (inTime.some(({ user }) => users.has(user))) return { had: 'own' }
  // A user with interactions before and after this time may also have had some within it.
  const isUncertain = periods.some(({ first, last }) => first < earliest && last > latest)
  if (isUncertain || past?.isWhole() === false) return { had: 'unknown' }

  const other = impressions.find(isInTime) ?? clicks.find(isInTime) ?? inTime.at(0)
  if (!other) return { had: 'nothing' }
  return { had: 'other', user: other.user, messageId: 'messageId' in other ? other.messageId : undefined }
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
