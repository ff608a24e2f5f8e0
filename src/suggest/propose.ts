import type { Mapping } from '../pipeline'
import { createOwnTotals, type OwnTotals } from './amounts'
import { listOrderIds } from './candidates'
import { chooseProducts } from './choose'
import { type Classified, classify, type NotReported } from './classify'
import { dropDuplicates } from './duplicates'
import { type Definition, type Kind, KINDS, takersOf } from './kinds'
import { listNeeds, type Need } from './needs'
import { readScalar } from './paths'
import type { NameProfile, Profile } from './profile'
import { readEvents, toSide } from './read'
import { whyNone } from './triggers'
import { toUnit, type Unit } from './unit'
import { chooseUsers } from './users'

/** What the events suggest, before it is tried. */
export type Proposal = {
  units: Unit[]
  /** How to read orders, by the name of the event. */
  orders: Map<string, OrderReader>
  left: NotReported[]
  /** Events that may be of a kind. This is not certain. */
  unsure: Classified[]
  needs: Need[]
}

/** Reads what an order says of itself. */
export type OrderReader = OwnTotals & { idOf: (event: object) => string | undefined }

/** The kinds whose events are about products. */
const ABOUT_PRODUCTS: readonly Kind[] = ['purchase', 'list', 'impression', 'click']

/** Proposes a mapping for each name of events that is of a kind. */
export function propose(profile: Profile, definition: Definition, current: readonly Mapping[]): Proposal {
  const classes = classify(profile)
  const takers = new Map(profile.names.map((name) => [name.name, takersOf(current, name.samples)]))
  const isTaken = (name: string): boolean => (takers.get(name)?.length ?? 0) > 0
  const isDone = classes.found.filter(({ isSure }) => isSure)
  const unwanted = isDone.flatMap(({ kind, profile: each }): NotReported[] => {
    const why = kind === 'purchase' ? whyNone(each) : undefined
    return why === undefined ? [] : [{ profile: each, why }]
  })
  const { found, left } = dropDuplicates(
    isDone.filter((each) => !unwanted.some((other) => other.profile === each.profile)),
    isTaken
  )
  const needs: Need[] = []
  const reads = found.flatMap((each) => readEvents(each, needs) ?? [])
  const users = chooseUsers(found)
  const choices = chooseProducts(reads.filter(({ kind }) => ABOUT_PRODUCTS.includes(kind)).map(toSide))
  needs.push(...listNeeds(found, reads, users, profile))
  return {
    units: reads.flatMap((read): Unit[] => {
      const others = takers.get(read.profile.name) ?? []
      const own = others.find(({ partnerAction }) => partnerAction === KINDS[read.kind].action)
      // A customer who has mapped these events to another action knows why.
      if (others.length > 0 && !own) return []
      return [toUnit(read, choices.get(read.profile), { users, definition }, own)]
    }),
    orders: new Map(found.flatMap((each) => (each.kind === 'purchase' ? [toOrder(each.profile)] : []))),
    left: [...classes.left, ...unwanted, ...left],
    unsure: classes.found.filter(({ isSure, profile: each }) => !isSure && !isTaken(each.name)),
    needs
  }
}

function toOrder(profile: NameProfile): [name: string, reader: OrderReader] {
  const id = listOrderIds(profile).at(0)
  return [profile.name, { ...createOwnTotals(profile), idOf: (event) => id && readScalar(event, id.keys) }]
}
