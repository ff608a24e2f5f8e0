import * as fc from 'fast-check'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { compileMapping } from '../../src/archive/preflight/compile-mapping'
import { createTrial } from '../../src/archive/preflight/trial'
import { createTrial as createFrameworkTrial } from '../../src/pipeline'
import topsort from '../../src/destinations/topsort'
import { filterOf, presetMappings } from '../../src/pipeline'
import type { Attempt, Mapping } from '../../src/pipeline'
import { savedMappings } from '../compatibility/saved-mappings'
import { readFixtures } from '../fixtures/fixtures'
import { anyEvent } from '../support/any-event'
import { anyJson } from '../support/any-json'
import { PATIENCE, runs } from '../support/runs'

jest.setTimeout(PATIENCE)

const settings = { api_key: 'TSE_1' }
const presets = presetMappings(topsort)
const saved = savedMappings.map(({ name, action, mapping }): Mapping => {
  const { subscribe } = presets.find(({ partnerAction }) => partnerAction === action) ?? {
    subscribe: 'type = "identify"'
  }
  return { name, partnerAction: action, subscribe, mapping, enabled: true }
})

/** Runs both trials, each on its own copy of the event, because the check of the fields may change its input. */
async function tryBoth(mapping: Mapping, events: readonly SegmentEvent[]) {
  const fast = await createTrial(topsort, settings, mapping)(structuredClone(events) as SegmentEvent[])
  const framework = await createFrameworkTrial(topsort, settings, mapping)(structuredClone(events) as SegmentEvent[])
  return { fast: plain(fast), framework: plain(framework) }
}

/** Drops undefined values, fields about batches, and the stack in the framework's message about a bad mapping. */
function plain(attempts: Attempt[]): unknown {
  const shown = attempts.map((attempt) => (attempt.status === 500 ? { ...attempt, message: '' } : attempt))
  return JSON.parse(JSON.stringify(shown, (key, part: unknown) => (key === 'enable_batching' ? undefined : part)))
}

describe('Preflight gets the same result as the framework', () => {
  const fixtures = [...readFixtures().values()]

  test.each([...presets, ...saved].map((mapping) => [`${mapping.name} (${mapping.partnerAction})`, mapping] as const))(
    'for every fixture: %s',
    async (_, mapping) => {
      const takes = filterOf(mapping)
      const events = fixtures.flatMap(({ event }) => (takes(event) ? [event] : []))
      const { fast, framework } = await tryBoth(mapping, events)
      expect(fast).toEqual(framework)
    }
  )

  test.each([...presets, ...saved].map((mapping) => [`${mapping.name} (${mapping.partnerAction})`, mapping] as const))(
    'for any event: %s',
    async (_, mapping) => {
      const isPage = mapping.partnerAction === 'pageviews'
      const events = anyEvent(isPage ? { type: 'page' } : { type: 'track', event: 'Product Viewed' })
      const takesAll = { ...mapping, subscribe: 'type = "track" or type = "page"' }
      await fc.assert(
        fc.asyncProperty(fc.array(events, { minLength: 1, maxLength: 5 }), async (batch) => {
          const { fast, framework } = await tryBoth(
            takesAll,
            batch.map((event, index) => ({ messageId: `m_${index}`, ...event }))
          )
          expect(fast).toEqual(framework)
        }),
        runs(30)
      )
    }
  )

  test('for any mapping with the directives that customers use', async () => {
    const path = fc.constantFrom(
      '$.properties',
      '$.properties.product_id',
      '$.properties.products',
      "$.properties['page']",
      '$.context.page.path',
      '$.properties.products[0].price',
      '$.userId',
      '$.',
      '$'
    )
    const { node } = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        path.map((value) => ({ '@path': value })),
        anyJson,
        fc.record({ '@literal': tie('node') }),
        fc.record({ '@template': fc.constantFrom('{{properties.product_id}}', 'x-{{userId}}') }),
        fc
          .record({ exists: path.map((value) => ({ '@path': value })), then: tie('node'), else: tie('node') })
          .map((options) => ({ '@if': options })),
        fc
          .record({ blank: path.map((value) => ({ '@path': value })), then: tie('node') })
          .map((options) => ({ '@if': options })),
        fc
          .record({ direction: fc.constantFrom('left', 'right'), objects: fc.array(tie('node'), { maxLength: 3 }) })
          .map((options) => ({ '@merge': options })),
        fc.tuple(path, tie('node')).map((options) => ({ '@arrayPath': options }))
      )
    }))
    const fields = fc.constantFrom('resolvedBidId', 'productId', 'entity', 'placement', 'page', 'dspMetadata')
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fields, node, { maxKeys: 4 }),
        anyEvent({ type: 'track', event: 'Product Clicked' }),
        async (more, event) => {
          const click = presets.find(({ partnerAction }) => partnerAction === 'click')!
          const mapping = { ...click, mapping: { ...click.mapping, ...more } as JSONObject }
          const { fast, framework } = await tryBoth(mapping, [{ messageId: 'm_1', ...event }])
          expect(fast).toEqual(framework)
        }
      ),
      runs(300)
    )
  })

  test('and prepares all mappings of customers, which makes it fast', () => {
    for (const { mapping } of [...presets, ...saved]) expect(compileMapping(mapping)).toBeDefined()
  })
})

describe('A trial', () => {
  test('does not change the events', async () => {
    const click = presets.find(({ partnerAction }) => partnerAction === 'click')!
    const event = {
      type: 'track',
      event: 'Product Clicked',
      messageId: 'm_1',
      anonymousId: 'u_1',
      timestamp: '2026-01-31T12:00:00Z',
      properties: { product_id: 7, position: 3, dspMetadata: { nested: { a: null } } }
    } as unknown as SegmentEvent
    const before = structuredClone(event)
    await createTrial(topsort, settings, click)([event])
    expect(event).toEqual(before)
  })
})
