import { addToHistory, type History, mergeHistory } from './history'
import type { Interaction } from './interaction'

/** A person: one user id, or several that are linked. */
export type Person = { ids: string[]; history: History; size: number }

/** Knows which user ids are one person, and what each person did. */
export type People = {
  add: (interaction: Interaction) => void
  /** Joins two people for good. Links are joined to each other as well: a with b and b with c makes a, b and c one. */
  link: (from: string, to: string) => void
  find: (opaqueUserId: string) => Person | undefined
}

/** Opens an index without anybody. */
export function createPeople(): People {
  const people = new Map<string, Person>()

  const findOrCreate = (opaqueUserId: string): Person => {
    const person = people.get(opaqueUserId) ?? { ids: [opaqueUserId], history: new Map(), size: 1 }
    people.set(opaqueUserId, person)
    return person
  }

  return {
    add(interaction) {
      const person = findOrCreate(interaction.opaqueUserId)
      addToHistory(person.history, interaction)
      person.size += 1
    },
    link(from, to) {
      const [one, other] = [findOrCreate(from), findOrCreate(to)]
      if (one === other) return
      // The smaller moves into the larger one, so that many links stay fast.
      const [small, large] = one.size < other.size ? [one, other] : [other, one]
      mergeHistory(small.history, large.history)
      large.size += small.size
      for (const id of small.ids) {
        large.ids.push(id)
        people.set(id, large)
      }
    },
    find: (opaqueUserId) => people.get(opaqueUserId)
  }
}
