import type { Groups } from './groups'
import type { Fact, Interaction, Purchase, SentEvent, Win } from './model'

/** The groups that facts are placed in. */
export type Places = { groups: Groups; products: ReturnType<typeof createProductGroups> }

/**
 * Adds reports to the groups of those that share a value with them.
 *
 * @param caller the ids of the person who made the Segment call of the reports
 */
export function placeReports(places: Places, reports: readonly SentEvent[], caller: readonly string[]): void {
  const seenOrganic: string[] = []
  for (const report of reports) {
    const ids = caller.includes(report.user) ? caller : [...caller, report.user]
    if (report.kind === 'purchase') {
      placePurchase(places, report, ids)
      continue
    }
    // A list can have many organic impressions. One of them is enough to know that the person saw something.
    const isOrganicView = report.kind === 'impression' && !report.bid
    if (!isOrganicView || !seenOrganic.includes(report.user)) places.groups.add(places.groups.getPerson(ids), report)
    if (isOrganicView) seenOrganic.push(report.user)
    places.products.add(report)
    if (report.bid) placeByBid(places, report, report.bid)
  }
}

function placePurchase({ groups }: Places, purchase: Purchase, ids: readonly string[]): void {
  groups.add(groups.getPerson(ids), purchase)
  groups.add(groups.get('basket', `${purchase.user}\n${purchase.basket}`), purchase)
  if (purchase.orderId) groups.add(groups.get('order', purchase.orderId), purchase)
  for (const brand of purchase.brands) groups.add(groups.get('vendor', brand), purchase)
}

function placeByBid(places: Places, report: Interaction, bid: string): void {
  const { groups } = places
  const group = groups.get('bid', bid)
  joinUsers(groups, report, group.impressions)
  joinUsers(groups, report, group.clicks)
  groups.add(group, report)
  const win = group.wins.at(0)
  if (win) joinWin(places, report, win)
}

/** If the same bid arrives through Segment and directly, one person sent both, even with different ids. */
function joinUsers(groups: Groups, { path, user }: Interaction, others: readonly Interaction[]): void {
  for (const other of others) {
    if (other.path !== path && other.user !== user) groups.getPerson([user, other.user])
  }
}

/**
 * Adds the winners of one auction to the groups of those that share a value with them. Omits those whose bid is known.
 *
 * @returns the added ones
 */
export function placeWins(places: Places, wins: readonly Win[]): Win[] {
  const { groups, products } = places
  const added = wins.filter((win) => {
    const group = groups.get('bid', win.bid)
    if (group.wins.length > 0) return false
    groups.add(group, win)
    win.auction.wins.push(win)
    return true
  })
  if (added.length > 0) products.build(added[0].user !== undefined)
  for (const win of added) placeWin(places, win)
  return added
}

function placeWin(places: Places, win: Win): void {
  const { groups, products } = places
  if (win.user) groups.add(groups.getPerson([win.user]), win)
  products.addWin(win)
  if (win.vendorId) groups.add(groups.get('vendor', win.vendorId), win)
  const { impressions, clicks } = groups.get('bid', win.bid)
  for (const report of [...impressions, ...clicks]) joinWin(places, report, win)
}

/** Connects an interaction with the auction of its bid. Either of them may arrive first. */
function joinWin({ groups, products }: Places, report: Interaction, win: Win): void {
  report.win = win
  if (win.user && win.user !== report.user) groups.getPerson([report.user, win.user])
  products.add(report)
  report.groups.forEach(groups.touch)
  if (win.auction.reported.has(report.kind)) return
  win.auction.reported.add(report.kind)
  for (const other of win.auction.wins) other.groups.forEach(groups.touch)
}

/**
 * Creates the groups of products, which are empty. Only checks about auctions need them, so they are built when the first
 * auction arrives: those of products and users when it has a user, and those of products otherwise.
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
