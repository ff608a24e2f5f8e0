import type { ShopperLine, Story } from '../../workbench/api'

/** Order lines that have the same credit, or lack it for the same reason. Newest first. */
export type LineGroup = { lines: ShopperLine[] }

/** Groups order lines by their credit and its reason: first those that lost their credit, then newest first. */
export function groupLines(lines: readonly ShopperLine[]): LineGroup[] {
  const groups = new Map<string, LineGroup>()
  for (const line of lines.toReversed()) {
    const key = `${line.credited?.type ?? ''} ${line.reason}`
    const group = groups.get(key) ?? { lines: [] }
    group.lines.push(line)
    groups.set(key, group)
  }
  const rank = ({ lines: [line] }: LineGroup): number => (line.credited ? 1 : line.isOrganic ? 2 : 0)
  return [...groups.values()].sort((one, other) => rank(one) - rank(other))
}

/** The story of an order, and other orders that got no credit at all for the same reason. */
type StoryGroup = { story: Story; others: Story[] }

/** Groups orders without any credit by the reason of their largest line. Other orders stay alone. Keeps their order. */
export function groupStories(stories: readonly Story[]): StoryGroup[] {
  const groups: StoryGroup[] = []
  const byCode = new Map<string, StoryGroup>()
  for (const story of stories) {
    const { order } = story
    const code = order?.credited === 0 ? order.lost?.code : undefined
    const known = code && byCode.get(code)
    if (known) known.others.push(story)
    else {
      const group = { story, others: [] }
      groups.push(group)
      if (code) byCode.set(code, group)
    }
  }
  return groups
}
