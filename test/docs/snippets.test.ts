import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import type { SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import { deliverThroughPipeline } from '../support/pipeline'
import { undoNock } from '../support/undo-nock'

beforeAll(() => {
  nock('https://api.topsort.com').persist().post('/v2/events').reply(204)
})
afterAll(undoNock)

type SentEvent = { placement?: { position?: number } } & Partial<Record<string, unknown>>

const context = { page: { path: '/dairy' } }

function readSnippets(name: string): string[] {
  const page = readFileSync(join(__dirname, '../../docs', name), 'utf8')
  return [...page.matchAll(/^```js\n([^]+?)^```$/gm)].map(([, code]) => code)
}

/** Runs code of a shop's page. Returns its calls to Segment. */
async function run(code: string): Promise<SegmentEvent[]> {
  const calls: SegmentEvent[] = []
  const call = (fields: Partial<SegmentEvent>) =>
    calls.push({ messageId: `message-${calls.length}`, anonymousId: 'anonymous-1', context, ...fields } as SegmentEvent)
  const winner = { id: 'p_1', resolvedBidId: 'bid-1' }
  await runInNewContext(`(async () => { { ${code} } })()`, {
    analytics: {
      track: (event: string, properties: SegmentEvent['properties']) => call({ type: 'track', event, properties }),
      identify: (userId: string) => call({ type: 'identify', userId })
    },
    auction: { json: () => ({ results: [{ winners: [winner] }] }) },
    product: { ...winner, name: 'Vanilla yogurt' },
    resolvedBidId: winner.resolvedBidId
  })
  return calls
}

/** Returns the events that Topsort gets from the calls of a snippet, without the values that all events have. */
async function deliver(code: string): Promise<object[]> {
  const deliveries = await deliverThroughPipeline(await run(code))
  return deliveries.flatMap(({ sent }) =>
    Object.entries((sent ?? {}) as Record<string, SentEvent[]>).flatMap(([type, events]) =>
      events.map(({ id, occurredAt, opaqueUserId, placement, ...event }) => {
        expect([id, occurredAt, opaqueUserId]).not.toContain(undefined)
        return { type, position: placement?.position, ...event }
      })
    )
  )
}

const ad = { resolvedBidId: 'bid-1' }
const product = (id: string) => ({ entity: { type: 'product', id } })

test('the snippets of docs/guide.md report what the guide says', async () => {
  const sent: object[][] = []
  for (const code of readSnippets('guide.md')) sent.push(await deliver(code))
  expect(sent).toEqual([
    [
      { type: 'impressions', ...ad, ...product('p_1') },
      { type: 'clicks', ...ad, ...product('p_1') }
    ],
    [], // an identify call
    [
      { type: 'impressions', position: 1, resolvedBidId: 'WyJ...', ...product('p_1') },
      { type: 'impressions', position: 2, ...product('p_2') }
    ],
    [
      { type: 'impressions', ...ad },
      { type: 'clicks', ...ad },
      { type: 'clicks', ...ad, additionalAttribution: { type: 'product', id: 'p_123' } }
    ],
    [{ type: 'impressions', ...ad, additionalAttribution: { type: 'product', id: 'p_123' } }],
    [
      {
        type: 'clicks',
        channel: 'offsite',
        ...product('p_123'),
        externalCampaignId: 'summer-2026',
        externalVendorId: 'v_123',
        dsp_metadata: { gclid: 'Cj0KCQ' }
      }
    ]
  ])
})

test('the snippets of docs/catalog-page.md report a sponsored click, and identify a user', async () => {
  const [click, identify, ...others] = readSnippets('catalog-page.md')
  expect(await deliver(click)).toEqual([{ type: 'clicks', ...ad, ...product('p_1') }])
  expect(await run(identify)).toMatchObject([
    { type: 'identify', userId: expect.stringMatching(/^[0-9a-f]{40}$/) as string }
  ])
  expect(others).toEqual([])
})
