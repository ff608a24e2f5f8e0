import { createWholes, type EventObservation, type Finding } from '../..'
import { wholeRegistry } from '../../registry'

/** The checks that compare the calls of a person, or show the first of them. Each part has all calls of some people. */
const OF_PEOPLE = [
  'nothing-credited',
  'id-space-mismatch',
  'broken-since',
  'unknown-buyers',
  'click-concentration',
  'unmapped-events'
]

/** Returns the finding with this code in these calls. Checks that the parts of the calls merge into the same finding. */
export function findingOf(code: string, observations: readonly EventObservation[]): Finding | undefined {
  const find = (findings: Finding[]) => findings.find((finding) => finding.code === code)
  const whole = createWholes()
  const parts = [createWholes(), createWholes(), createWholes()]
  const users = [...new Set(observations.map(({ event }) => event.anonymousId))]
  observations.forEach((observation, index) => {
    whole.observe(observation)
    const turn = OF_PEOPLE.includes(code) ? users.indexOf(observation.event.anonymousId) : index
    parts[turn % parts.length].observe(observation)
  })
  const saved = parts.map((part) => JSON.parse(JSON.stringify(part.save())) as ReturnType<typeof part.save>)
  const finding = find(whole.findings())
  expectNamedCosts(finding)
  expect(find(createWholes(saved).findings())).toEqual(finding)
  return finding
}

/** Returns an observation as one of a call from another source. */
export function from(source: string, observation: EventObservation): EventObservation {
  const event = { ...observation.event, projectId: source }
  return { ...observation, event }
}

/** Checks that the check of a finding names each kind of its costs. */
export function expectNamedCosts(finding: Finding | undefined): void {
  const costs = wholeRegistry.find(({ code }) => code === finding?.code)?.costs ?? []
  for (const cost of [finding?.cost, ...(finding?.otherCosts ?? [])]) if (cost) expect(costs).toContain(cost.of)
}
