import type { Groups } from './groups'
import type { Fact, Interaction, Win } from './model'

/**
 * The groups of products. Only checks about auctions need them, so they are built when the first auction arrives: those
 * of products and users when it has a user, and those of products otherwise.
 */
export type ProductGroups = ReturnType<typeof createProductGroups>

/**
 * Creates the groups of products, which are empty.
 *
 * @param listFacts returns the facts in the window
 */
export function createProductGroups(groups: Groups, listFacts: () => Iterable<Fact>) {
  const isBuilt = { withUser: false, withoutUser: false }
  const find = (user: string | undefined, product: string) => groups.get('product', `${user ?? ''}\n${product}`)

  function add(interaction: Interaction): void {
    const { user, products, win } = interaction
    for (const product of win ? [...products, win.product] : products) {
      if (isBuilt.withUser) groups.add(find(user, product), interaction)
      if (isBuilt.withoutUser) groups.add(find(undefined, product), interaction)
    }
  }

  return {
    add,
    addWin(win: Win): void {
      if (win.type === 'product' && win.format !== 'banners') groups.add(find(win.user, win.product), win)
    },
    /** Builds the groups from the facts in the window, unless they exist. Call it before the first win is added. */
    build(hasUser: boolean): void {
      const kind = hasUser ? 'withUser' : 'withoutUser'
      if (isBuilt[kind]) return
      isBuilt[kind] = true
      for (const fact of listFacts()) {
        if (fact.kind === 'impression' || fact.kind === 'click') add(fact)
      }
    }
  }
}
