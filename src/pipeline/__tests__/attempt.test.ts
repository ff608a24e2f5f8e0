import { attempt, type DeliveryTarget } from '../attempt'
import { createDryRun } from '../dry-run/dry-run'
import { createFrameworkDryRun } from '../dry-run/framework-dry-run'
import { presetMappings } from '../mappings'
import { definition, events, type Receiver, type Settings, startReceiver } from './receiver'

test('events without a result of the destination fail and say so', async () => {
  const [mapping] = presetMappings(definition)
  const target = { definition, settings: { url: 'http://127.0.0.1:9' }, mapping }

  expect(await attempt(target, events('Not Batched', 'a', 'b'))).toEqual([
    {
      status: 500,
      ok: false,
      message: 'The destination gave 0 results for 2 events.',
      reason: { code: 'error_thrown', name: 'Error' }
    },
    {
      status: 500,
      ok: false,
      message: 'The destination gave 0 results for 2 events.',
      reason: { code: 'error_thrown', name: 'Error' }
    }
  ])
})

describe('one event that the mapping cannot be applied to', () => {
  const batch = events('Batched', 'a', 'b', 'c').map((event) => ({ ...event, properties: { sku: event.messageId } }))
  batch[1].properties.sku = { toString: 'x' } as unknown as string
  const bad = {
    status: 400,
    ok: false,
    message:
      'The mapping of "id" cannot be applied to this event: Cannot convert object to primitive value. At Segment, such an event fails every event of its batch.',
    reason: { code: 'error_thrown', name: 'TypeError', fields: ['id'] }
  }
  let receiver: Receiver
  let target: DeliveryTarget<Settings>

  beforeAll(async () => {
    receiver = await startReceiver((ids) => ids.map(() => 200))
    const [batched] = presetMappings(definition)
    const mapping = { ...batched, mapping: { ...batched.mapping, id: { '@template': 'sku-{{properties.sku}}' } } }
    target = { definition, settings: { url: receiver.url }, mapping }
  })
  afterEach(() => void receiver.requests.splice(0))
  afterAll(() => receiver.close())

  test('fails alone in a batch, and names the field', async () => {
    expect(await attempt(target, batch)).toMatchObject([
      { status: 200, sent: { id: 'sku-a' } },
      bad,
      { status: 200, sent: { id: 'sku-c' } }
    ])
    expect(receiver.requests).toEqual([['sku-a', 'sku-c']])
  })

  test('fails in the same way if it is not batched', async () => {
    const unbatched = { ...target.mapping, mapping: { ...target.mapping.mapping, enable_batching: false } }
    expect(await attempt({ ...target, mapping: unbatched }, [batch[1]])).toEqual([bad])
  })

  test.each([
    ['dry run', createDryRun],
    ['dry run of the framework', createFrameworkDryRun]
  ])('fails in the same way in a %s', async (_, create) => {
    const dryRun = create(definition, target.settings, target.mapping)
    const results = []
    for (const event of batch) results.push(await dryRun(event))
    expect(results).toMatchObject([{ payload: { id: 'sku-a' } }, bad, { payload: { id: 'sku-c' } }])
  })
})
