import type { Check, GroupFacts, Interaction, JudgeContext } from '../model'
import { toSighting } from '../sighting'

/**
 * A person has no common user id between their Segment events and their auctions or direct events. The shared bid shows
 * that it is one person. One common id is enough, because the person may have logged in.
 */
export const twoIdSpaces: Check = {
  code: 'two-id-spaces',
  severity: 'loses money',
  title: 'Auctions and Segment events have different user ids',
  why: "Topsort joins auctions, clicks and orders on opaqueUserId. If auctions have an id of their own, such as the cookie of Topsort's browser SDK, nothing matches.",
  cure: "Use one id everywhere. For Topsort's browser SDK, set window.TS.getUserId to a function that returns Segment's anonymous id.",
  canBeTakenBack: true,
  needsAuctions: true,
  groups: { person: judge }
}

function judge(group: GroupFacts, { mayHaveLost }: JudgeContext) {
  const { impressions, clicks, purchases, wins, links } = group
  const isDirect = ({ path }: Interaction): boolean => path === 'direct'
  if (wins.length === 0 && !impressions.some(isDirect) && !clicks.some(isDirect)) return []
  if (mayHaveLost('win', 'impression', 'click', 'purchase', 'link')) return []

  const interactions = [...impressions, ...clicks]
  const outside = interactions.filter(isDirect)
  const outsideIds = new Set([...wins.flatMap(({ user }) => user ?? []), ...outside.map(({ user }) => user)])
  const own = [...interactions, ...purchases].filter(({ path }) => path === 'segment')
  const isJoined = links.some(({ from, to }) => outsideIds.has(from) || outsideIds.has(to))
  if (isJoined || own.some(({ user }) => outsideIds.has(user))) return []

  const findOtherUser = ({ bid, win, user }: Interaction): string | undefined =>
    win?.user ?? outside.find((direct) => direct.bid === bid && direct.user !== user)?.user
  return interactions.flatMap((interaction) => {
    const otherUser = interaction.path === 'segment' && interaction.bid ? findOtherUser(interaction) : undefined
    return otherUser ? [toSighting(interaction, { otherUser })] : []
  })
}
