import { createPipeline } from '..'
import { presetMappings } from '../mappings'
import { definition } from './receiver'

const settings = { url: 'http://127.0.0.1:9' }

test('a preset becomes a mapping', () => {
  expect(presetMappings(definition).slice(0, 2)).toEqual([
    {
      name: 'Batched',
      partnerAction: 'report',
      subscribe: 'type = "track" and event = "Batched"',
      mapping: { id: { '@path': '$.messageId' }, count: { '@path': '$.properties.count' }, enable_batching: true },
      enabled: true
    },
    {
      name: 'In Twos',
      partnerAction: 'report',
      subscribe: 'type = "track" and event = "In Twos"',
      mapping: {
        id: { '@path': '$.messageId' },
        count: { '@path': '$.properties.count' },
        enable_batching: true,
        batch_size: 2
      },
      enabled: true
    }
  ])
})

test('a field that a preset omits is not mapped', () => {
  const presets = [
    { type: 'automatic' as const, partnerAction: 'report', subscribe: 'type = "track"', mapping: { id: 'fixed' } }
  ]
  expect(presetMappings({ ...definition, presets })[0].mapping).toEqual({ id: 'fixed' })
})

test('a preset without a name gets the title of its action', () => {
  const presets = [{ type: 'automatic' as const, partnerAction: 'report', subscribe: 'type = "track"' }]
  expect(presetMappings({ ...definition, presets }).map(({ name }) => name)).toEqual(['Report'])
})

test('a preset for events that no SDK sends is skipped', () => {
  expect(presetMappings(definition).map(({ name }) => name)).toEqual(['Batched', 'In Twos', 'Unbatched', 'Alone'])
})

test('a definition with a broken preset is refused', () => {
  const preset = { type: 'automatic' as const, partnerAction: 'report', subscribe: 'type = "track"' }
  const create = (changes: object) => () =>
    createPipeline({ definition: { ...definition, presets: [{ ...preset, ...changes }] }, settings })

  expect(create({ partnerAction: 'vanished' })).toThrow(
    'A preset names the action "vanished", which the destination does not have.'
  )
  expect(create({ name: 'Odd', subscribe: 'event ~ 1' })).toThrow(
    'The filter of the mapping "Odd" cannot be parsed: event ~ 1'
  )
})
