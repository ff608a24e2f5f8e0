import { transform } from '@segment/actions-core'
import type { DefinitionAnswer, MappingEntry, Preview, SuggestionsAnswer } from '../api'
import type { Workbench } from '../server'
import { call, start } from './running'

let workbench: Workbench

beforeAll(async () => {
  workbench = await start()
})
afterEach(() => call(workbench, 'DELETE /workbench'))
afterAll(() => workbench.stop())

const get = async (path: string): Promise<unknown> => (await call(workbench, path)).body
const trigger = 'type = "track" and event = "Product Clicked"'
const click = (messageId: string) => ({
  type: 'track',
  event: 'Product Clicked',
  messageId,
  anonymousId: 'a1',
  properties: { product_id: 'p1' }
})

test('mappings are shown completely, and can be sent back unchanged', async () => {
  const mappings = (await get('/workbench/mappings')) as MappingEntry[]
  expect(mappings[1]).toMatchObject({ name: 'Click', action: 'click', trigger, enabled: true, mapping: { id: {} } })
  expect(await call(workbench, 'PUT /workbench/mappings', mappings)).toMatchObject({ status: 200, body: mappings })
})

test("mappings are exported in the shape of Segment's Public API, and imported from it", async () => {
  const exported = await get('/workbench/mappings?format=segment')
  expect(exported).toMatchObject({
    data: { subscriptions: [{ name: 'Impression', actionSlug: 'impression' }, {}, {}, {}, {}, {}, {}] }
  })
  const before = await get('/workbench/mappings')
  await call(workbench, 'PUT /workbench/mappings', [{ name: 'Mine', action: 'click', trigger }])
  expect(await get('/workbench/mappings')).toMatchObject([{ name: 'Mine' }])
  expect((await call(workbench, 'PUT /workbench/mappings', exported)).body).toEqual(before)
  expect((await call(workbench, '/workbench/mappings?format=xml')).status).toBe(400)
})

test('new events use the new mappings, and earlier ones the old mappings', async () => {
  await call(workbench, 'POST /v1/batch', { batch: [click('before')] })
  await call(workbench, 'PUT /workbench/mappings', [
    {
      name: 'Mine',
      action: 'click',
      trigger,
      mapping: {
        id: { '@path': '$.messageId' },
        occurredAt: { '@path': '$.timestamp' },
        opaqueUserId: 'me',
        productId: 'p9'
      }
    }
  ])
  await call(workbench, 'POST /v1/batch', { batch: [click('after')] })
  const deliveries = await get('/workbench/deliveries?wait')
  expect(deliveries).toHaveLength(2)
  expect(deliveries).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ mapping: 'Click', ok: true }),
      expect.objectContaining({ mapping: 'Mine', ok: true })
    ])
  )
  expect(await get('/workbench/ledger')).toMatchObject({
    clicks: expect.arrayContaining([
      expect.objectContaining({ id: 'before', entity: { type: 'product', id: 'p1' } }),
      expect.objectContaining({ id: 'after', opaqueUserId: 'me', entity: { type: 'product', id: 'p9' } })
    ]) as unknown
  })
})

test('a mapping that cannot be read changes nothing', async () => {
  const before = await get('/workbench/mappings')
  const answer = await call(workbench, 'PUT /workbench/mappings', [
    { name: 'Good', action: 'click', trigger },
    { name: 'Bad', action: 'click', trigger, mapping: { nothing: 1 } }
  ])
  expect(answer).toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(/^The mapping "Bad" has the field "nothing"/) as string }
  })
  expect(await get('/workbench/mappings')).toEqual(before)
})

test('a trigger that Segment would take as something else is refused, with the spelling that works', async () => {
  const before = await get('/workbench/mappings')
  const mappings = [{ name: 'Web', action: 'click', trigger: `${trigger} and !(properties.channel = "pos")` }]
  const refusal = {
    status: 400,
    body: {
      error: `The trigger of the mapping "Web" would not mean what it says. Segment's parser drops the "!", so the condition after it means the opposite. Write it like this: ${trigger} and properties.channel != "pos"`
    }
  }
  expect(await call(workbench, 'PUT /workbench/mappings', mappings)).toMatchObject(refusal)
  expect(await call(workbench, 'POST /workbench/preview', { mappings })).toMatchObject(refusal)
  expect(await get('/workbench/mappings')).toEqual(before)
})

test('mappings and filters are checked without a change', async () => {
  const before = await get('/workbench/mappings')
  const mapping = { name: 'Mine', action: 'click', trigger, enabled: false, mapping: {} }
  const checked = await call(workbench, 'PUT /workbench/mappings?check', JSON.stringify([mapping]))
  expect(checked).toMatchObject({ status: 200, body: [mapping] })
  expect((await call(workbench, 'PUT /workbench/mappings?check', [{ ...mapping, action: 'x' }])).status).toBe(400)
  expect(await get('/workbench/mappings')).toEqual(before)

  const filter = { title: 'No staff', if: 'userId = "staff"', actions: [{ type: 'DROP' }] }
  expect(await call(workbench, 'PUT /workbench/filters?check', [filter])).toMatchObject({ status: 200, body: [filter] })
  expect((await call(workbench, 'PUT /workbench/filters?check', [{ ...filter, if: '~' }])).status).toBe(400)
  expect(await get('/workbench/filters')).toEqual([])
})

test.each([
  ['trigger', { trigger: 'Product Clicked' }, { problem: expect.stringContaining('cannot read') as string }],
  [
    'trigger',
    { trigger: `${trigger} and !(properties.channel = "pos")` },
    { spelling: `${trigger} and properties.channel != "pos"` }
  ],
  ['nothing', { mapping: { nothing: 1 } }, {}],
  ['id', { mapping: { id: { '@case': 1 } } }, {}]
])('the part of a mapping that is refused is named as data: %s', async (field, changes, parts) => {
  const mappings = [{ name: 'Mine', action: 'click', ...{ trigger, ...changes } }]
  const { body } = await call(workbench, 'POST /workbench/preview', { mappings })
  const problem = expect.stringMatching(/^[A-Z/].*\.$/) as string
  expect(body).toMatchObject({ problem: { field, problem, ...parts } })
})

test('mappings can be kept when everything else is forgotten', async () => {
  await call(workbench, 'PUT /workbench/mappings', [{ name: 'Mine', action: 'click', trigger }])
  await call(workbench, 'DELETE /workbench?keep=mappings')
  expect(await get('/workbench/mappings')).toMatchObject([{ name: 'Mine' }])
  expect((await call(workbench, 'DELETE /workbench?keep=all')).status).toBe(400)
  await call(workbench, 'DELETE /workbench')
  expect(await get('/workbench/mappings')).toHaveLength(7)
})

describe('a preview', () => {
  const edited = {
    name: 'Click',
    action: 'click',
    trigger,
    mapping: {
      id: { '@path': '$.messageId' },
      occurredAt: { '@path': '$.timestamp' },
      opaqueUserId: { '@path': '$.anonymousId' },
      productId: 'p9'
    }
  }
  const preview = async (mapping: object): Promise<Preview> => {
    const { body } = await call(workbench, 'POST /workbench/preview', { mappings: [mapping] })
    return (body as Preview[])[0]
  }

  test('a preview shows the changes for the newest events, and sends nothing', async () => {
    await call(workbench, 'POST /v1/batch', { batch: Array.from({ length: 25 }, (_, index) => click(`m${index}`)) })
    await get('/workbench/counts?wait')
    const [ledger, counts] = [await get('/workbench/ledger'), await get('/workbench/counts')]
    const { taken, events } = await preview(edited)
    expect([taken, events.length, events[19].event.messageId]).toEqual([25, 20, 'm24'])
    expect(events[0]).toMatchObject({
      now: { ok: true, sent: { clicks: [{ entity: { id: 'p1' } }] } },
      then: { ok: true, sent: { clicks: [{ entity: { id: 'p9' } }] } },
      changes: [{ path: 'clicks[0].entity.id', from: 'p1', to: 'p9' }]
    })
    expect([await get('/workbench/ledger'), await get('/workbench/counts')]).toEqual([ledger, counts])
  })

  test("a preview has the framework's message for events that would fail", async () => {
    await call(workbench, 'POST /v1/batch', { batch: [click('m1')] })
    const { events } = await preview({ ...edited, mapping: { ...edited.mapping, id: { '@path': '$.nothing' } } })
    expect(events[0].then).toMatchObject({ ok: false, message: expect.stringMatching(/required field 'id'/) as string })
  })

  test('a preview of a new mapping has nothing to compare with', async () => {
    await call(workbench, 'POST /v1/batch', { batch: [{ ...click('m1'), event: 'Wished For' }] })
    const { events } = await preview({ ...edited, name: 'New', trigger: 'type = "track" and event = "Wished For"' })
    expect(events).toMatchObject([{ now: null, then: { ok: true } }])
  })

  test('a preview groups the events that would fail, and finds the values that they lack', async () => {
    const order = (messageId: string, properties: object) => ({ ...click(messageId), event: 'Ordered', properties })
    const lines = [{ product_id: 'p1', price: 2 }]
    const batch = [
      order('m1', { line_items: lines }),
      order('m2', { line_items: lines }),
      order('m3', { products: lines })
    ]
    await call(workbench, 'POST /v1/batch', { batch })
    const name = 'type = "track" and event = "Ordered"'
    const [{ mapping }] = ((await get('/workbench/mappings')) as MappingEntry[]).filter(
      ({ action }) => action === 'purchase'
    )
    const shown = await preview({ name: 'New', action: 'purchase', trigger: name, mapping })
    expect(shown.failures).toEqual([
      {
        count: 2,
        field: 'items',
        code: 'required_field_missing',
        message: expect.any(String) as string,
        found: ['line_items']
      }
    ])
    expect(shown.events.map(({ values }) => values.items)).toMatchObject([undefined, undefined, [{ productId: 'p1' }]])
    expect(shown.paths).toContain('$.properties.line_items[0].price')
    expect(shown.itemPaths).toEqual(['$.price', '$.product_id'])
    expect(shown.absentPaths).toContain('$.properties.currency')
  })

  test('a preview names the other mappings that take the same events, also before any event has arrived', async () => {
    const overlapping = { ...edited, name: 'New' }
    expect((await preview(overlapping)).overlaps).toEqual([{ name: 'Click', action: 'click', events: 0 }])
    await call(workbench, 'POST /v1/batch', { batch: [click('m1')] })
    expect((await preview(overlapping)).overlaps).toEqual([{ name: 'Click', action: 'click', events: 1 }])
    expect((await preview(edited)).overlaps).toEqual([])
    expect((await preview({ ...overlapping, trigger: 'type = "track" and event = "Tap"' })).overlaps).toEqual([])
    await call(workbench, 'PUT /workbench/mappings', [{ name: 'Click', enabled: false }])
    expect((await preview(overlapping)).overlaps).toEqual([])
    await call(workbench, 'PUT /workbench/mappings', [{ name: 'Click', enabled: true }])
  })

  test('a preview names the parts of a trigger that no event has', async () => {
    await call(workbench, 'POST /v1/batch', { batch: [click('m1')] })
    const wrong = 'type = "track" and event = "Product Clickd" and properties.list = "a"'
    expect((await preview({ ...edited, trigger: wrong })).absentInTrigger).toEqual([
      { path: 'event', value: 'Product Clickd' },
      { path: 'properties.list' }
    ])
  })

  test('a preview refuses mappings that cannot be read', async () => {
    expect((await call(workbench, 'POST /workbench/preview', {})).status).toBe(400)
    expect((await call(workbench, 'POST /workbench/preview', { mappings: [{ ...edited, action: 'x' }] })).status).toBe(
      400
    )
  })
})

test('settings are shown without the key, and apply to new events', async () => {
  const [setting] = (await get('/workbench/settings')) as { key: string }[]
  expect(await get('/workbench/settings')).toHaveLength(1)
  expect(setting).toMatchObject({
    key: 'skipZeroPricePurchases',
    type: 'boolean',
    value: true,
    label: expect.any(String) as string
  })
  const order = {
    type: 'track',
    event: 'Order Completed',
    anonymousId: 'a1',
    properties: { products: [{ product_id: 'gift', price: 0 }] }
  }
  await call(workbench, 'POST /v1/batch', { batch: [{ ...order, messageId: 'm1' }] })
  await call(workbench, 'PUT /workbench/settings', { skipZeroPricePurchases: false })
  await call(workbench, 'POST /v1/batch', { batch: [{ ...order, messageId: 'm2' }] })
  expect(await get('/workbench/deliveries?wait&query=id:m1')).toMatchObject([{ ok: true }])
  expect(await get('/workbench/deliveries?wait&query=id:m2')).toMatchObject([{ ok: false, status: 400 }])
})

test.each([[{ api_key: 'TSE_x' }], [{ other: 1 }], [{ skipZeroPricePurchases: 'no' }], [[]], ['x']])(
  'the settings %j are refused',
  async (body) => {
    expect((await call(workbench, 'PUT /workbench/settings', JSON.stringify(body))).status).toBe(400)
  }
)

test('the definition describes each field, and has only directives of the framework', async () => {
  const { actions, presets, directives } = (await get('/workbench/definition')) as DefinitionAnswer
  expect(actions.map(({ key }) => key)).toEqual([
    'impression',
    'impressionsList',
    'click',
    'purchase',
    'pageviews',
    'linkUsers'
  ])
  expect(presets).toEqual(await get('/workbench/mappings'))
  expect(presets.find(({ name }) => name === 'Banner Click')?.mapping).not.toHaveProperty('productId')
  const placement = actions[0].fields.find(({ key }) => key === 'placement')
  expect(placement?.properties?.find(({ key }) => key === 'path')).toMatchObject({ label: 'Path', type: 'string' })
  for (const { example } of directives) {
    expect(() =>
      transform({ value: example as never }, { properties: { products: '[]' }, messageId: 'm' })
    ).not.toThrow()
  }
})

test('mappings are suggested from the events that came, and can be put in place', async () => {
  const order = {
    type: 'track',
    event: 'purchase',
    messageId: 'o1',
    anonymousId: 'a1',
    properties: {
      transaction_id: 't1',
      value: 80,
      currency: 'USD',
      items: [{ item_id: 'inkcard', price: 40, quantity: 2 }]
    }
  }
  await call(workbench, 'POST /v1/batch', { batch: [click('c1'), order] })
  const { suggestions, mappings, before, after } = (await get('/workbench/suggestions?wait')) as SuggestionsAnswer
  expect(suggestions).toMatchObject([
    {
      kind: 'purchase',
      mapping: { name: 'Purchase', action: 'purchase', trigger: 'type = "track" and event = "purchase"' },
      events: [{ name: 'purchase', count: 1 }]
    }
  ])
  expect([before.orders, after.orders]).toEqual([0, 1])

  expect((await call(workbench, 'PUT /workbench/mappings', mappings)).status).toBe(200)
  await call(workbench, 'POST /v1/batch', { batch: [{ ...order, messageId: 'o2' }] })
  await get('/workbench/deliveries?wait')
  expect(await get('/workbench/ledger')).toMatchObject({
    purchases: [{ items: [{ productId: 'inkcard', unitPrice: 40, quantity: 2 }] }]
  })
})
