import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import nock from 'nock'
import topsort from '../../src/destinations/topsort'
import { undoNock } from '../support/undo-nock'
import { collectCodes, collectMessages } from './message-texts'

afterAll(undoNock)

const DESTINATION = join(__dirname, '../../src/destinations/topsort')
const PAGE = readPage('messages.md')
const CATALOG_PAGE = readPage('catalog-page.md')

/** The file with the sentence of each code. */
const TABLE = 'reasons.ts'

/** Names in snake case that are not codes. */
const NO_CODES = ['dsp_metadata']

/** Texts of several words that are not messages. */
const NO_MESSAGES = ['`product`, `like` or `add-to-cart`']

/** The source files besides the table of the sentences. */
const sources = readdirSync(DESTINATION, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.includes('__tests__') && file !== TABLE)
  .map((file) => ({ file, source: readFileSync(join(DESTINATION, file), 'utf8') }))

function readPage(name: string): string {
  return readFileSync(join(__dirname, '../../docs', name), 'utf8')
}

/** Returns the code in each cell of a column, in all tables of a page that have the column. */
function readColumn(page: string, title: string): string[] {
  const tables = page.split('\n\n').filter((block) => block.startsWith('|'))
  return tables.flatMap((table) => {
    const [head, , ...rows] = table.trimEnd().split('\n').map(readCells)
    const column = head.indexOf(title)
    return column === -1
      ? []
      : rows.flatMap((cells) => [...cells[column].matchAll(/`([^`]+)`/g)].map(([, code]) => code))
  })
}

function readCells(row: string): string[] {
  return row.split('|').map((cell) => cell.trim())
}

describe('docs/messages.md', () => {
  const made = sources.flatMap(({ source }) => collectCodes(source)).filter((code) => !NO_CODES.includes(code))
  const codes = readColumn(PAGE, 'Code')

  test('docs/messages.md has each code that the destination makes, once, and no others', () => {
    expect([...codes].sort()).toEqual([...new Set(made)].sort())
  })

  test('docs/messages.md has a message for each code', () => {
    expect(readColumn(PAGE, 'Message').length).toBeGreaterThanOrEqual(codes.length)
  })
})

test('all messages of the destination are in the table of the sentences', () => {
  const others = sources.flatMap(({ file, source }) =>
    collectMessages(source)
      .filter(({ text }) => !NO_MESSAGES.includes(text))
      .map(({ text, line }) => `${file}:${line}: ${text}`)
  )
  expect(others).toEqual([])
})

test('docs/catalog-page.md has messages of docs/messages.md only', () => {
  const messages = readColumn(CATALOG_PAGE, 'Message')
  expect(readColumn(PAGE, 'Message')).toEqual(expect.arrayContaining(messages))
  expect(messages).not.toEqual([])
})

describe('a change in the source is noticed', () => {
  test.each([
    ['a new error', 'throw new PayloadValidationError("This order is too old.")', 'This order is too old.'],
    ['a new failure', 'return { status, message: `Wait for ${minutes} whole minutes.` }', 'Wait for … whole minutes.'],
    ['a part of a message', 'const hint = bad ? " Ask your own support." : ""', ' Ask your own support.']
  ])('a change in the source is noticed: %s outside of the table', (_, source, message) => {
    expect(collectMessages(source)).toEqual([{ text: message, line: 1 }])
  })

  test.each([
    ['a label', 'const id = { label: "Event ID", description: "Identifies the event itself." }'],
    ['a preset', 'bannerPreset("Page Views", "pageviews", `type = "page" or type = "screen"`)'],
    ['a name', 'const noun = "page view"'],
    ['a type', 'type Hint = "not a message"'],
    ['a pattern', 'const GROUPED = String.raw`not a message`']
  ])('a change in the source is noticed: %s is not a message', (_, source) => {
    expect(collectMessages(source)).toEqual([])
  })

  test('a change in the source is noticed: a new code', () => {
    expect(collectCodes("throw new InvalidEvent({ code: bad ? 'order_too_old' : 'order_empty' })")).toEqual([
      'order_too_old',
      'order_empty'
    ])
  })
})

describe("Segment's own messages are as docs/messages.md shows them", () => {
  const documented = readColumn(PAGE, "Segment's message")
  const integration = createTestIntegration(topsort)
  const settings = { api_key: 'TSE_key', skipZeroPricePurchases: true }

  function click(mapping: JSONObject, properties = {}): Promise<unknown> {
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
      'Cannot convert object to primitive value',
      () => click({ opaqueUserId: { '@template': '{{properties.sku}}' } }, { sku: { toString: 'x' } })
    ],
    [
      'Credentials are invalid: …',
      () => {
        nock('https://api.topsort.com').post('/v2/events').reply(401, { errCode: 'invalid_api_key' })
        return integration.testAuthentication(settings)
      }
    ]
  ])("Segment's own messages are as docs/messages.md shows them: %s", async (message, fail) => {
    expect(documented).toContain(message)
    const error: unknown = await fail().catch((thrown: unknown) => thrown)
    for (const part of message.split('…')) expect((error as Error).message).toContain(part)
  })

  test("docs/messages.md shows all of Segment's own messages", () => {
    expect(documented).toHaveLength(5)
  })
})
