import * as fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fieldsToJsonSchema, MultiStatusResponse } from '@segment/actions-core'
import type { InputField, JSONLikeObject, JSONObject, SegmentEvent } from '@segment/actions-core'
import { generateArchive } from '../../scripts/archive/generate'
import { FREQUENT_MISTAKES, MISTAKES } from '../../scripts/archive/mistakes'
import { listSources, readInOrder } from '../../src/archive/read'
import { previews, type Settings } from '../../src/destinations'
import topsort from '../../src/destinations/topsort'
import { createDryRun, filterOf, presetMappings } from '../../src/pipeline'
import type { DryRun, EventResult, Mapping, Previews } from '../../src/pipeline'
import { compileMapping } from '../../src/pipeline/dry-run/compile-mapping'
import { createFrameworkDryRun } from '../../src/pipeline/dry-run/framework-dry-run'
import { compileValue, type Schema, Unsure } from '../../src/pipeline/dry-run/compile-value'
import { savedMappings } from '../compatibility/saved-mappings'
import { readFixtures } from '../fixtures/fixtures'
import { anyEvent } from '../support/any-event'
import { anyJson } from '../support/any-json'
import { PATIENCE, runs } from '../support/runs'

jest.setTimeout(PATIENCE)

/** A time in the future becomes now, which must be the same for both dry runs. */
beforeAll(() => jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-03-01T12:00:00Z')))
afterAll(() => jest.restoreAllMocks())

const settings = { api_key: 'TSE_1' }
const presets = presetMappings(topsort)
const saved = savedMappings.map(({ name, action, mapping }): Mapping => {
  const { subscribe } = presets.find(({ partnerAction }) => partnerAction === action) ?? {
    subscribe: 'type = "identify"'
  }
  return { name, partnerAction: action, subscribe, mapping, enabled: true }
})

const properties: InputField['properties'] = {
  text: { label: 'Text', description: '', type: 'string' },
  number: { label: 'Number', description: '', type: 'number' },
  flag: { label: 'Flag', description: '', type: 'boolean' },
  many: { label: 'Many', description: '', type: 'string', multiple: true }
}

const OF_EVERY_TYPE: Record<string, InputField> = {
  text: { label: 'Text', description: '', type: 'text' },
  choice: { label: 'Choice', description: '', type: 'string', choices: ['red', 'blue'] },
  nullable: { label: 'Nullable', description: '', type: 'string', allowNull: true },
  number: { label: 'Number', description: '', type: 'number', minimum: 1, maximum: 9 },
  integer: { label: 'Integer', description: '', type: 'integer' },
  flag: { label: 'Flag', description: '', type: 'boolean' },
  time: { label: 'Time', description: '', type: 'datetime' },
  many: { label: 'Many', description: '', type: 'string', multiple: true },
  anything: { label: 'Anything', description: '', type: 'object' },
  closed: { label: 'Closed', description: '', type: 'object', properties },
  open: { label: 'Open', description: '', type: 'object', properties, additionalProperties: true },
  list: { label: 'List', description: '', type: 'object', multiple: true, properties }
}

/** Has one action, which sends the payloads that it gets, and its preview. */
const withFieldsOfEveryType: typeof topsort = {
  ...topsort,
  name: 'EveryType',
  actions: {
    click: {
      ...topsort.actions.click,
      fields: OF_EVERY_TYPE,
      performBatch: (_, { payload }) => {
        const results = new MultiStatusResponse()
        for (const sent of payload as unknown as JSONLikeObject[]) {
          results.pushSuccessResponse({ status: 200, sent, body: '' })
        }
        return results
      }
    }
  }
}

const ofEveryType: Previews<Settings> = { click: (sent) => ({ status: 200, sent, body: '' }) }

/** Runs both dry runs, each on its own copy of the events, because the check of the fields may change its input. */
async function runBoth(
  mapping: Mapping,
  events: readonly SegmentEvent[],
  definition = topsort,
  ofActions: Previews<Settings> = previews
) {
  const run = async (dryRun: DryRun): Promise<EventResult[]> => {
    const results: EventResult[] = []
    for (const event of structuredClone(events) as SegmentEvent[]) results.push(await dryRun(event))
    return results
  }
  const fast = await run(createDryRun(definition, settings, mapping, ofActions))
  const framework = await run(createFrameworkDryRun(definition, settings, mapping))
  return { fast: plain(fast), framework: plain(framework) }
}

/** Drops undefined values, fields about batches, and the stack in the framework's message about a bad mapping. */
function plain(results: EventResult[]): unknown {
  const shown = results.map((result) => (result.status === 500 ? { ...result, message: '' } : result))
  return JSON.parse(JSON.stringify(shown, (key, part: unknown) => (key === 'enable_batching' ? undefined : part)))
}

describe('A dry run gives the same results as the framework', () => {
  const fixtures = [...readFixtures().values()]

  test.each([...presets, ...saved].map((mapping) => [`${mapping.name} (${mapping.partnerAction})`, mapping] as const))(
    'A dry run gives the same results as the framework for every fixture: %s',
    async (_, mapping) => {
      const takes = filterOf(mapping)
      const events = fixtures.flatMap(({ event }) => (takes(event) ? [event] : []))
      const { fast, framework } = await runBoth(mapping, events)
      expect(fast).toEqual(framework)
    }
  )

  test.each([...presets, ...saved].map((mapping) => [`${mapping.name} (${mapping.partnerAction})`, mapping] as const))(
    'A dry run gives the same results as the framework for any event: %s',
    async (_, mapping) => {
      const isPage = mapping.partnerAction === 'pageviews'
      const events = anyEvent(isPage ? { type: 'page' } : { type: 'track', event: 'Product Viewed' })
      const takesAll = { ...mapping, subscribe: 'type = "track" or type = "page"' }
      await fc.assert(
        fc.asyncProperty(fc.array(events, { minLength: 1, maxLength: 5 }), async (batch) => {
          const { fast, framework } = await runBoth(
            takesAll,
            batch.map((event, index) => ({ messageId: `m_${index}`, ...event }))
          )
          expect(fast).toEqual(framework)
        }),
        runs(30)
      )
    }
  )

  test('A dry run gives the same results as the framework for any mapping with the directives that customers use', async () => {
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
          const { fast, framework } = await runBoth(mapping, [{ messageId: 'm_1', ...event }])
          expect(fast).toEqual(framework)
        }
      ),
      runs(300)
    )
  })

  test('A dry run gives the same results as the framework for fields of every type', async () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null))
    const time = fc.constantFrom(
      '2026-01-31T12:00:00.000Z',
      '2026-02-30T12:00:00.000Z',
      '1769860800',
      1769860800,
      'now'
    )
    const value = fc.oneof(
      scalar,
      time,
      fc.constantFrom('red', 'blue', '', 3),
      fc.array(scalar, { maxLength: 3 }),
      anyJson
    )
    const item = fc.dictionary(fc.constantFrom('text', 'number', 'flag', 'many', 'other'), value)
    const values = fc.dictionary(
      fc.constantFrom(...Object.keys(OF_EVERY_TYPE)),
      fc.oneof(value, item, fc.array(item, { maxLength: 3 }))
    )
    const paths = Object.keys(OF_EVERY_TYPE).map((name) => [name, { '@path': `$.properties.${name}` }])
    const click = presets.find(({ partnerAction }) => partnerAction === 'click')!
    const mapping = { ...click, mapping: { ...Object.fromEntries(paths), unknown: 1 } as JSONObject }
    await fc.assert(
      fc.asyncProperty(values, async (properties) => {
        const event = { type: 'track', event: 'Product Clicked', messageId: 'm_1', properties } as SegmentEvent
        const { fast, framework } = await runBoth(mapping, [event], withFieldsOfEveryType, ofEveryType)
        expect(fast).toEqual(framework)
      }),
      runs(500)
    )
  })
})

describe('Dry runs are fast', () => {
  test('Dry runs are fast because all mappings of customers are prepared', () => {
    for (const { mapping, partnerAction } of [...presets, ...saved]) {
      expect(compileMapping(mapping)).toBeDefined()
      expect(previews[partnerAction]).toBeDefined()
    }
  })

  test('Dry runs are fast because the framework checks few payloads, also of an archive full of mistakes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dry-run-'))
    try {
      const codes = Object.keys(MISTAKES).filter((code) => !FREQUENT_MISTAKES.includes(code))
      const mistakes = Object.fromEntries(codes.map((code) => [code, 0.05]))
      await generateArchive({ out: folder, events: 10_000, users: 500, days: 10, seed: 1, mistakes })
      const counts = { checked: 0, all: 0 }
      const makers = presets.map((mapping) => {
        const schema = fieldsToJsonSchema(topsort.actions[mapping.partnerAction].fields)
        return {
          takes: filterOf(mapping),
          read: compileMapping(mapping.mapping)!,
          prepare: compileValue(schema as Schema, false)
        }
      })
      for await (const { records } of readInOrder(await listSources([join(folder, 'segment-logs')]))) {
        for (const record of records) {
          if (!record.ok) continue
          for (const { takes, read, prepare } of makers) {
            if (!takes(record.event)) continue
            counts.all += 1
            if (prepare(read(record.event)) instanceof Unsure) counts.checked += 1
          }
        }
      }
      expect(counts.all).toBeGreaterThan(5_000)
      expect(counts.checked / counts.all).toBeLessThan(0.01)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('A dry run', () => {
  test('A dry run does not change the events', async () => {
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
    await createDryRun(topsort, settings, click, previews)(event)
    expect(event).toEqual(before)
  })
})
