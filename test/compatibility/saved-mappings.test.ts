/**
 * Mappings that customers have saved still work. This test delivers real events with them and compares the results with
 * a stored file. `UPDATE_EXPECTATION=1 npx jest test/compatibility` updates the file. Read all differences afterwards.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Destination } from '@segment/actions-core'
import topsort from '../../src/destinations/topsort'
import { readFixtures } from '../fixtures/fixtures'
import { serveSandbox } from '../support/served-sandbox'
import type { ServedSandbox } from '../support/served-sandbox'
import { savedMappings } from './saved-mappings'
import type { SavedMapping } from './saved-mappings'

const FILE = join(__dirname, 'saved-mappings.expected.json')

/** For each mapping and each event, by name: the events that are sent, or the error message. */
type Expectation = Record<string, Record<string, unknown>>

type DeliveryResult = Awaited<ReturnType<Destination['executeBatch']>>[number]

const events = [...readFixtures()].map(([name, { event }]) => ({ name, event }))

let sandbox: ServedSandbox

beforeAll(async () => {
  sandbox = await serveSandbox()
})
afterAll(() => sandbox.close())

/** Delivers all events with one mapping in a batch, as Segment does. */
async function deliver({ action, mapping }: SavedMapping): Promise<Record<string, unknown>> {
  const results = await new Destination(topsort).executeBatch(action, {
    events: events.map(({ event }) => event),
    mapping,
    settings: { api_key: 'TSE_saved_mappings' }
  })
  const named = events.map(({ name }, index) => ({ name, result: results[index] }))
  return Object.fromEntries(
    named
      .filter(({ result }) => isForMapping(result))
      .map(({ name, result }) => [name, 'errormessage' in result ? result.errormessage : result.sent])
  )
}

/** Returns whether an event is for the mapping. An order, for example, has no values for a click. */
function isForMapping(result: DeliveryResult): boolean {
  if (!('errormessage' in result)) return true
  const { code, problems = [] } = Object(result.body) as { code?: string; problems?: { code: string }[] }
  if (code === undefined) return !/missing the required field '(products|items)'/.test(result.errormessage)
  if (code === 'products_unusable') return !problems.every((problem) => problem.code === 'about_nothing')
  return code !== 'about_nothing' && code !== 'page_id_missing'
}

const expected = JSON.parse(readFileSync(FILE, 'utf8')) as Expectation

test('saved mappings deliver at least 100 events', () => {
  const delivered = Object.values(expected).flatMap((results) =>
    Object.values(results).filter((result) => typeof result === 'object')
  )
  expect(delivered.length).toBeGreaterThanOrEqual(100)
})

test.each(savedMappings)('the saved mapping "$name" has the same result for each event as before', async (saved) => {
  const results = JSON.parse(JSON.stringify(await deliver(saved))) as Expectation[string]
  if (process.env.UPDATE_EXPECTATION) {
    expected[saved.name] = results
    writeFileSync(FILE, `${JSON.stringify(expected, null, 2)}\n`)
  }
  expect(results).toEqual(expected[saved.name])
})
