import type { Interaction } from './facts'

/** Returns whether an interaction came through Segment. */
export function isOwnUse({ path }: Interaction): boolean {
  return path === 'segment'
}

/** Returns whether a use of a bid is an impression of its ad. A follow-up of a banner repeats the bid by design. */
export function isOwnImpression({ kind, path, isFollowUp }: Interaction): boolean {
  return kind === 'impression' && path === 'segment' && !isFollowUp
}

/** Returns the users of a bid in the order of their first use through Segment. */
export function listUsers(uses: readonly Interaction[]): string[] {
  const inOrder = uses.filter(isOwnUse).sort((one, other) => one.time - other.time)
  return [...new Set(inOrder.map(({ user }) => user))]
}
