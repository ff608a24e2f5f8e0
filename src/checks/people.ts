import type { Group } from './model'

/** A person has a few ids. More than this come from a shared device or from a constant such as `guest`. */
const MAX_IDS_OF_A_PERSON = 20

/** What `createPeople` needs of the groups. */
export type PeopleOptions = {
  /** The person of each id. Ids of one person have the same group. */
  people: Map<string, Group>
  /** Creates a person with one id. */
  create: (id: string) => Group
  /** Moves all facts from one person to another. */
  move: (from: Group, to: Group) => void
  /** Returns all known ids of a forgotten person with this id, starting with this one. */
  recallIds: (id: string) => string[]
}

/** Creates a function that returns the person with these ids. It joins the people of all ids into one. */
export function createPeople({ people, create, move, recallIds }: PeopleOptions): (ids: readonly string[]) => Group {
  /** Adds an id to a person. If it is another person's id, joins the two, unless they have too many ids. */
  function addId(person: Group, id: string): Group {
    const other = people.get(id)
    if (other === person || person.keys.length + (other?.keys.length ?? 1) > MAX_IDS_OF_A_PERSON) return person
    if (other) return merge(person, other)
    person.keys.push(id)
    people.set(id, person)
    return person
  }

  /** Joins two people. Moves the facts of the smaller group, because that is less work. */
  function merge(one: Group, other: Group): Group {
    const [from, to] = one.size < other.size ? [one, other] : [other, one]
    to.keys.push(...from.keys)
    for (const key of from.keys) people.set(key, to)
    move(from, to)
    return to
  }

  return (ids) => {
    const known = people.get(ids[0])
    if (known && ids.every((id) => people.get(id) === known)) return known
    const [first, ...others] = ids.flatMap((id) => (people.has(id) ? [id] : recallIds(id)))
    return others.reduce(addId, people.get(first) ?? create(first))
  }
}
