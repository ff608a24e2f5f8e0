import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import type { Mapping, TakenEvent } from '../pipeline'
import { assemble, type Configuration, type Group } from './assemble'
import { type Figures, isBetter, isWorse, sumFigures } from './figures'
import { type Kind, KINDS, takersOf } from './kinds'
import { type Need, toFailureNeed } from './needs'
import { createProfiler, type Profile } from './profile'
import { type Proposal, propose } from './propose'
import { createTrial, type TrialOptions } from './trial'
import { sayExceptions } from './triggers'
import type { FieldNote, Unit } from './unit'

/** What the suggestions are made for. */
export type SuggesterOptions<Settings extends JSONObject> = Pick<
  TrialOptions<Settings>,
  'definition' | 'settings' | 'previews' | 'filters'
> & {
  /** The customer's mappings, or the presets of a new customer. */
  mappings: readonly Mapping[]
}

/** Learns from events, and then suggests mappings for them. */
export type Suggester = {
  observe: (event: TakenEvent) => void
  /**
   * Suggests mappings, and tries them on events.
   *
   * @param read returns the events again, in order of time. It is called once for each trial, at most five times
   */
  suggest: (read: () => Batches) => Promise<Suggestions>
}

/** Events, a few at a time. */
export type Batches = AsyncIterable<readonly TakenEvent[]> | Iterable<readonly TakenEvent[]>

/** A mapping that is suggested. */
export type Suggestion = {
  mapping: Mapping
  kind: Kind
  /** The name of the current mapping whose place it takes. Null if it is an additional one. */
  replaces: string | null
  /** Whether it still takes the events of that mapping, which fits all of them. */
  joins: boolean
  /** The names of its events, and why they are of this kind. */
  events: { name: string; count: number; why: string[] }[]
  /** Which events of these names it does not take. Empty if it takes all. */
  except: string
  /** The fields whose paths were chosen. */
  fields: FieldNote[]
  /** What becomes of these events without it, and with it. */
  before: Figures
  after: Figures
}

/** What was found, as plain data. */
export type Suggestions = {
  /** The version of this shape. */
  version: 1
  input: { events: number; names: number }
  suggestions: Suggestion[]
  /** The names of current mappings that take events and stay as they are. */
  kept: string[]
  /** The whole configuration: the current mappings with the suggested ones. */
  mappings: Mapping[]
  /** Events that look like some that Topsort wants, and must not be reported. */
  leftOut: { name: string; count: number; why: string }[]
  /** Events that may be worth a mapping. This is not certain, so none is suggested. */
  worthALook: { name: string; count: number; looksLike: string; why: string }[]
  /** What only the shop's code can put right. */
  needs: Need[]
  /** What becomes of all events with the current mappings, and with the whole configuration. */
  before: Figures
  after: Figures
  /** What was not looked at, because memory is bounded. Whole sentences. */
  limits: string[]
}

/** A configuration that was tried. */
type Tried = {
  units: Unit[]
  configuration: Configuration
  before: Map<string, Figures>
  after: Map<string, Figures>
  messages: ReadonlyMap<string, string>
}

const MAX_TRIALS = 5

/** Of events that no mapping took before, more may be delivered than fail. */
const MAX_FAILED = 0.5

/**
 * Creates a suggester.
 *
 * @example
 * const suggester = createSuggester({ definition, settings, mappings: presetMappings(definition) })
 * events.forEach(suggester.observe)
 * const { suggestions, mappings } = await suggester.suggest(() => [events])
 */
export function createSuggester<Settings extends JSONObject>(options: SuggesterOptions<Settings>): Suggester {
  const { definition, mappings } = options
  const profiler = createProfiler()
  return {
    observe: profiler.observe,
    async suggest(read) {
      const profile = profiler.profile()
      const proposal = propose(profile, definition as unknown as DestinationDefinition<JSONObject>, mappings)

      async function tryUnits(units: Unit[]): Promise<Tried> {
        const configuration = assemble(units, mappings, profile)
        const trial = createTrial({ ...options, proposal, configurations: [mappings, configuration.mappings] })
        for await (const events of read()) await trial.take(events)
        const [before, after] = trial.figures()
        const tried = configuration.groups.flatMap((group) => group.units)
        return { units: tried, configuration, before, after, messages: trial.messages() }
      }

      return toSuggestions(await decide(proposal.units, tryUnits), proposal, profile, mappings)
    }
  }
}

/** Tries units, and drops those that make a figure worse or that change nothing, until all that are left help. */
async function decide(units: readonly Unit[], tryUnits: (units: Unit[]) => Promise<Tried>): Promise<Tried> {
  let tried = await tryUnits(units.filter(isChange))
  for (let trials = 1; trials < MAX_TRIALS - 1; trials += 1) {
    const harmful = tried.units.filter((unit) => isHarmful(unit, tried))
    if (harmful.length === 0) break
    tried = await tryUnits(tried.units.filter((unit) => !harmful.includes(unit)))
  }
  if (tried.units.some((unit) => isHarmful(unit, tried)) || isWorse(totalOf(tried.before), totalOf(tried.after))) {
    return tryUnits([])
  }
  const idle = tried.units.filter((unit) => isIdle(unit, tried))
  if (idle.length === 0) return tried
  const without = await tryUnits(tried.units.filter((unit) => !idle.includes(unit)))
  // A change of clicks may show only in the orders after them.
  return isBetter(totalOf(without.after), totalOf(tried.after)) ? tried : without
}

function isChange({ mapping, current, exceptions }: Unit): boolean {
  return exceptions.length > 0 || JSON.stringify(mapping) !== JSON.stringify(current?.mapping)
}

function isHarmful({ profile: { name }, current }: Unit, { before, after }: Tried): boolean {
  const [then, now] = [figuresOf(before, name), figuresOf(after, name)]
  if (isWorse(then, now)) return true
  return !current && (now.delivered === 0 || now.failed > now.taken * MAX_FAILED)
}

function isIdle({ profile: { name }, current }: Unit, { before, after }: Tried): boolean {
  return current !== undefined && !isBetter(figuresOf(before, name), figuresOf(after, name))
}

function figuresOf(figures: ReadonlyMap<string, Figures>, name: string): Figures {
  return figures.get(name) ?? sumFigures([])
}

function totalOf(figures: ReadonlyMap<string, Figures>): Figures {
  return sumFigures([...figures.values()])
}

function toSuggestions(tried: Tried, proposal: Proposal, profile: Profile, current: readonly Mapping[]): Suggestions {
  const { configuration, before, after, units } = tried
  const { left, unsure, needs } = proposal
  const dropped = proposal.units.filter((unit) => !unit.current && !units.includes(unit))
  const samples = [...profile.names.map((name) => name.samples), profile.pages]
  const refused = configuration.refused.map(({ unit, why }) => ({ ...unit, why: [why] }))
  const failing = dropped.filter((unit) => !refused.some((each) => each.profile === unit.profile))
  const look = [
    ...unsure,
    ...refused,
    ...failing.map((unit) => ({
      ...unit,
      why: [...unit.why, 'Most of them would fail with the mapping that fits best.']
    }))
  ]
  return {
    version: 1,
    input: { events: profile.events, names: profile.names.length },
    suggestions: configuration.groups.map((group) => toSuggestion(group, tried)),
    kept: current.flatMap((mapping) => {
      const isKept =
        configuration.mappings.includes(mapping) && samples.some((each) => takersOf([mapping], each).length > 0)
      return isKept ? [mapping.name] : []
    }),
    mappings: configuration.mappings,
    leftOut: left.map(({ profile: { name, count }, why }) => ({ name, count, why })),
    worthALook: look.map(({ profile: { name, count }, kind, why }) => ({
      name,
      count,
      looksLike: KINDS[kind].noun,
      why: why.join(' ')
    })),
    needs: [...needs, ...listFailures(tried, needs)],
    before: totalOf(before),
    after: totalOf(after),
    limits: profile.isCut
      ? ['The events have more names or properties than are kept. The rarest ones were not looked at.']
      : []
  }
}

/** Says which events would mostly fail, if there is no need that explains it. */
function listFailures({ after, messages }: Tried, needs: readonly Need[]): Need[] {
  return [...after]
    .filter(([name, { taken, failed }]) => failed > taken * MAX_FAILED && !needs.some((need) => need.name === name))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { taken, failed }]) => toFailureNeed(name, failed, taken, messages.get(name) ?? ''))
}

function toSuggestion({ units, mapping, replaces, joins }: Group, { before, after }: Tried): Suggestion {
  const [{ kind, exceptions, fields }] = units
  const names = units.map(({ profile }) => profile.name)
  return {
    mapping,
    kind,
    replaces: replaces?.name ?? null,
    joins,
    events: units.map(({ profile: { name, count }, why }) => ({ name, count, why })),
    except: sayExceptions(exceptions),
    fields,
    before: sumFigures(names.map((name) => figuresOf(before, name))),
    after: sumFigures(names.map((name) => figuresOf(after, name)))
  }
}
