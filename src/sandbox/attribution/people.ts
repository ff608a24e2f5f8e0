import { getOrCreate } from '../../core'
import { addToHistory, createInteractionHistory, type InteractionHistory } from './history'
import type { AdInteraction } from './interaction'

/** A person: one user id, or several that are linked. */
export type Person = { ids: string[]; interactions: AdInteraction[]; history: InteractionHistory }

/** An index of people, with their user ids and their interactions. */
export type People = ReturnType<typeof createPeople>

/** Creates an empty index. */
export function createPeople() {
  const people = new Map<string, Person>()

  const findOrCreate = (opaqueUserId: string): Person =>
    getOrCreate(people, opaqueUserId, () => ({
      ids: [opaqueUserId],
      interactions: [],
      history: createInteractionHistory()
    }))

  const addTo = (person: Person, interaction: AdInteraction): void => {
    person.interactions.push(interaction)
    addToHistory(person.history, interaction)
  }

  return {
    add: (interaction: AdInteraction): void => {
      addTo(findOrCreate(interaction.opaqueUserId), interaction)
    },
    /** Joins two people. Links are transitive: links from a to b and from b to c make a, b and c one person. */
    link: (from: string, to: string): void => {
      const [one, other] = [findOrCreate(from), findOrCreate(to)]
      if (one === other) return
      // Moving the smaller one is less work, so many links stay fast.
      const [small, large] = countEntries(one) < countEntries(other) ? [one, other] : [other, one]
      for (const interaction of small.interactions) addTo(large, interaction)
      for (const id of small.ids) {
        large.ids.push(id)
        people.set(id, large)
      }
    },
    find: (opaqueUserId: string): Person | undefined => people.get(opaqueUserId)
  }
}

function countEntries({ ids, interactions }: Person): number {
  return ids.length + interactions.length
}
