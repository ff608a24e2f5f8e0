/** An item in a linked list. */
export type OrderedItem<Item extends { version: number }> = Item & {
  before?: OrderedItem<Item>
  after?: OrderedItem<Item>
}

/** Items in the order of their latest change. Moving an item takes the same time in a list of any length. */
export type Order<Item extends { version: number }> = {
  /** Makes an item the latest one, and gives it the next version. */
  moveToEnd: (link: OrderedItem<Item>) => void
  remove: (link: OrderedItem<Item>) => void
  /** Returns the items that changed after a version, oldest change first, at most `limit`. */
  since: (version: number, limit: number) => Item[]
  /** Returns the version of the latest item. */
  version: () => number
  /** Removes all items. Versions start from 1 again. */
  clear: () => void
}

/** Creates an empty list. */
export function createOrder<Item extends { version: number }>(): Order<Item> {
  let first: OrderedItem<Item> | undefined
  let last: OrderedItem<Item> | undefined
  let version = 0

  function remove(link: OrderedItem<Item>): void {
    const { before, after } = link
    if (before) before.after = after
    else if (first === link) first = after
    if (after) after.before = before
    else if (last === link) last = before
    link.before = undefined
    link.after = undefined
  }

  return {
    moveToEnd(link) {
      remove(link)
      version += 1
      link.version = version
      link.before = last
      if (last) last.after = link
      else first = link
      last = link
    },
    remove,
    since(known, limit) {
      let start: OrderedItem<Item> | undefined
      for (let link = last; link && link.version > known; link = link.before) start = link
      const changed: Item[] = []
      for (let link = start; link && changed.length < limit; link = link.after) changed.push(link)
      return changed
    },
    version: () => version,
    clear() {
      first = undefined
      last = undefined
      version = 0
    }
  }
}
