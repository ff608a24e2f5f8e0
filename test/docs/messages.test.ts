import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import nock from 'nock'
import topsort from '../../src/destinations/topsort'
import { undoNock } from '../support/undo-nock'
import { collectTexts, findStaleWords, isProse, shows } from './message-texts'

afterAll(undoNock)

const DESTINATION = join(__dirname, '../../src/destinations/topsort')
const PAGE = readPage('messages.md')
const CATALOG_PAGE = readPage('catalog-page.md')

/** Texts of several words that are not a message. */
const NO_MESSAGES = ['page view', 'a request without events', '`product`, `like` or `add-to-cart`']

const texts = readdirSync(DESTINATION, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.includes('__tests__'))
  .flatMap((file) =>
    collectTexts(readFileSync(join(DESTINATION, file), 'utf8')).map((text) => ({
      ...text,
      place: `${file}:${text.line}: ${text.parts.join('…')}`
    }))
  )

function readPage(name: string): string {
  return readFileSync(join(__dirname, '../../docs', name), 'utf8')
}

/** Returns the messages in the tables of a page whose first column has this title. */
function readMessages(page: string, title: string): string[] {
  const tables = page.split('\n\n').filter((block) => block.startsWith(`| ${title} `))
  const rows = tables.flatMap((table) => table.trimEnd().split('\n'))
  const cells = rows.map((row) => row.split('|')[1].trim())
  return cells.filter((cell) => cell.startsWith('`')).map((cell) => cell.slice(1, -1))
}

const messages = readMessages(PAGE, 'Message')

/** Lists the messages of the source that no entry of the page shows. */
function listMissing(entries: string[], all: typeof texts): string[] {
  return all
    .filter((text) => isProse(text) && !NO_MESSAGES.includes(text.parts.join('…')))
    .filter((text) => !entries.some((message) => shows(message, text)))
    .map(({ place }) => place)
}

test('docs/messages.md has every message of the destination', () => {
  expect(listMissing(messages, texts)).toEqual([])
})

test('docs/messages.md has no message that the destination does not have', () => {
  expect(messages.filter((message) => findStaleWords(message, texts) !== undefined)).toEqual([])
})

test('the exceptions are in the source', () => {
  expect(NO_MESSAGES.filter((exception) => !texts.some(({ parts }) => parts.join('…') === exception))).toEqual([])
})

test('docs/catalog-page.md has messages of docs/messages.md only', () => {
  expect(messages).toEqual(expect.arrayContaining(readMessages(CATALOG_PAGE, 'Message')))
  expect(readMessages(CATALOG_PAGE, 'Message')).not.toEqual([])
})

describe('a change in the source is noticed', () => {
  const withSource = (source: string) => collectTexts(source).map((text) => ({ ...text, place: text.parts.join('…') }))

  test.each([
    ['a new error', 'throw new PayloadValidationError("This order is too old.")', 'This order is too old.'],
    ['a new failure', 'return { status, message: `Wait for ${minutes} minutes.` }', 'Wait for … minutes.'],
    ['a new note', 'return ok ? { items, note: `Left out: ${list}.` } : undefined', 'Left out: ….'],
    ['a part of a message', 'const hint = bad ? " Ask your own support." : ""', ' Ask your own support.'],
    ['a message with other words', 'throw missing(`Missing ${field} of this ${owner}.`)', 'Missing … of this ….']
  ])('%s that the page does not have', (_, source, message) => {
    expect(listMissing(messages, withSource(source))).toEqual([message])
  })

  test.each([
    ['a label', 'const id = { label: "Event ID", description: "Identifies the event." }'],
    ['a preset', 'preset("Page Views", "pageviews", `type = "page" or type = "screen"`)'],
    ['a name', 'const noun = "impression"'],
    ['a type', 'type Hint = "not a message"'],
    ['a pattern', 'const GROUPED = String.raw`not a message`']
  ])('%s is not a message', (_, source) => {
    expect(listMissing(messages, withSource(source))).toEqual([])
  })

  test('a message whose words are gone is stale', () => {
    const without = texts.filter(({ parts }) => !parts.join('…').startsWith('No users are linked'))
    expect(messages.filter((message) => findStaleWords(message, without) !== undefined)).toEqual([
      'No users are linked: … is empty.'
    ])
  })
})

describe("Segment's own messages are as docs/messages.md shows them", () => {
  const documented = readMessages(PAGE, "Segment's message")
  const integration = createTestIntegration(topsort)
  const settings = { api_key: 'TSE_key', skipZeroPricePurchases: true }

  function click(mapping: Record<string, string>, properties = {}): Promise<unknown> {
    return integration.testAction('click', {
      event: createTestEvent({ type: 'track', event: 'Product Clicked', properties }),
      settings,
      mapping,
      useDefaultMappings: true
    })
  }

  test.each([
    ["The root value is missing the required field '…'.", () => click({ occurredAt: '' })],
    ['… must be a string but it was an object.', () => click({}, { resolvedBidId: { id: 'bid-1' } })],
    ['Occurred At must be a valid date-like string but it was not.', () => click({ occurredAt: 'yesterday' })],
    [
      'Credentials are invalid: …',
      () => {
        nock('https://api.topsort.com').post('/v2/events').reply(401, { errCode: 'invalid_api_key' })
        return integration.testAuthentication(settings)
      }
    ]
  ])('%s', async (message, fail) => {
    expect(documented).toContain(message)
    const error: unknown = await fail().catch((thrown: unknown) => thrown)
    for (const part of message.split('…')) expect((error as Error).message).toContain(part)
  })

  test('and there are no others', () => {
    expect(documented).toHaveLength(4)
  })
})
