import type { Interaction } from './model'

/** Returns whether an interaction came through Segment. */
export function isFromSegment({ path }: Interaction): boolean {
  return path === 'segment'
}

/** Returns whether a use of a bid through Segment is an impression of its ad. A follow-up of a banner repeats the bid by design. */
export function isAdImpression(use: Interaction): boolean {
  return use.kind === 'impression' && isFromSegment(use) && !use.isFollowUp
}

/** Returns the users of a bid in the order of their first use through Segment. */
export function listUsers(uses: readonly Interaction[]): string[] {
  const inOrder = uses.filter(isFromSegment).sort((one, other) => one.time - other.time)
  return [...new Set(inOrder.map(({ user }) => user))]
}
