import type { GroupFacts, JudgeContext } from './check'
import type { Interaction, Link, Purchase } from './facts'
import { CLOCK_TOLERANCE, isBefore } from './times'

/** What the person of an order did before it. */
export type History =
  /** Something under the order's own id. */
  | { had: 'own' }
  /** Something, but only under another id. */
  | { had: 'other'; user: string; messageId: string }
  | { had: 'nothing' }
  /** Earlier events may be forgotten. */
  | { had: 'unknown' }

/** Returns what a person did before an order, within the attribution window. */
export function historyOf(purchase: Purchase, group: GroupFacts, context: JudgeContext): History {
  const { impressions, clicks, links } = group
  const earliest = purchase.time - context.attributionWindow - CLOCK_TOLERANCE
  const users = joinedUsers(purchase.user, links)
  const isInTime = (interaction: Interaction): boolean =>
    interaction.time >= earliest && isBefore(interaction, purchase)
  const isOwn = (interaction: Interaction): boolean => users.has(interaction.user) && isInTime(interaction)

  if (impressions.some(isOwn) || clicks.some(isOwn)) return { had: 'own' }
  if (context.mayLack('impression', 'click', 'link')) return { had: 'unknown' }
  const other = impressions.find(isInTime) ?? clicks.find(isInTime)
  return other ? { had: 'other', user: other.user, messageId: other.messageId } : { had: 'nothing' }
}

/** Returns the orders that came through Segment. An order that was reported again under its id is there once. */
export function ordersOf({ purchases }: GroupFacts): Purchase[] {
  const ids = new Set<string>()
  return purchases.filter(({ path, id }) => {
    if (path === 'direct' || ids.has(id)) return false
    ids.add(id)
    return true
  })
}

/** Returns all ids that Topsort treats as this user. */
function joinedUsers(user: string, links: readonly Link[]): Set<string> {
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
