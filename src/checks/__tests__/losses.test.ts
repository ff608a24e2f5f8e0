import fc from 'fast-check'
import { createGroup } from '../group'
import { createLosses } from '../losses'
import type { Group, Kind } from '../model'

const person = (size: number, ...keys: string[]): Group => ({ ...createGroup('person', keys), size })

const INTERACTIONS: Kind[] = ['impression', 'click']

test('a group has only the losses of its keys, of these kinds', () => {
  const losses = createLosses()
  losses.add(person(1, 'anna'), 'click')
  expect(losses.mayHave(person(1, 'anna'), ['click'])).toBe(true)
  expect(losses.mayHave(person(1, 'anna', 'customer-1'), INTERACTIONS)).toBe(true)
  expect(losses.mayHave(person(1, 'anna'), ['impression'])).toBe(false)
  expect(losses.mayHave(person(1, 'bert'), INTERACTIONS)).toBe(false)
})

test('each id of a person has the losses of all of them', () => {
  const losses = createLosses()
  losses.add(person(1, 'anna'), 'click')
  losses.add(person(1, 'anna', 'customer-1'), 'purchase')
  expect(losses.mayHave(person(1, 'customer-1'), ['click'])).toBe(true)
  expect(losses.mayHave(person(1, 'customer-1'), ['impression'])).toBe(false)
})

test('an id may lack anything if the other ids of its person were forgotten', () => {
  const losses = createLosses()
  losses.add(person(0, 'anna', 'customer-1'), 'idUse')
  expect(losses.mayHave(person(1, 'customer-1'), ['click'])).toBe(true)
})

test('a loss is never unknown, however few keys are remembered', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l')
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.constantFrom<Kind>('click', 'purchase', 'win'))), (lost) => {
      const losses = createLosses(4)
      for (const [key, kind] of lost) losses.add(person(1, key), kind)
      for (const [key, kind] of lost) expect(losses.mayHave(person(1, key), [kind])).toBe(true)
    })
  )
})
