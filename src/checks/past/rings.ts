import type { IdTable } from '../../core'

/**
 * Sets of rows of a table. Each row has the number of the next row of its set in one column, so the rows of a set form a
 * ring. 0: the row is alone.
 */
export type Rings = ReturnType<typeof createRings>

/** A person has a few ids. This is a limit for rings that were damaged when some of their rows were dropped. */
const MAX_RING = 100

/** Creates the sets whose rings are in this column of the table. */
export function createRings(table: IdTable, column: number) {
  /** Returns the row that follows, or undefined if it was dropped. */
  function find(row: number): number | undefined {
    const following = table.get(row, column) || row
    return following >= table.oldest() ? following : undefined
  }

  /** Returns the rows of the set, starting with this one. It ends early if rows were dropped. */
  function list(start: number): number[] {
    const rows = [start]
    let row = find(start)
    while (row !== undefined && row !== start && rows.length < MAX_RING) {
      rows.push(row)
      row = find(row)
    }
    return rows
  }

  return {
    list,
    /** Returns whether no row of the set was dropped. */
    isWhole(row: number): boolean {
      const last = list(row).at(-1) ?? row
      return find(last) === row
    },
    /** Returns the row that follows, or the row itself if there is none. */
    next: (row: number): number => find(row) ?? row,
    /** Joins the sets of two rows. */
    join(one: number, other: number): void {
      if (list(one).includes(other)) return
      // If two rows swap the rows that follow them, their rings become one.
      const following = find(one) ?? one
      table.set(one, column, find(other) ?? other)
      table.set(other, column, following)
    }
  }
}
