/**
 * Programs read the codes of reasons. Nothing in `src` takes apart a sentence that this project writes, so each sentence
 * can be improved without a search for code that relies on its words.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { findProseReaders } from './find-prose-readers'

const ROOT = join(__dirname, '../..')

/** Code that may read a sentence, by file. Others wrote these sentences, except where the reason says so. */
const ALLOWED: { file: string; code: string[]; because: string }[] = [
  {
    file: 'src/pipeline/reason.ts',
    code: ['message.matchAll(MISSING)', 'message.matchAll(UNLABELED)', "message.replace(INDEX, '/N')"],
    because:
      'The framework gives only a sentence for an event that does not fit the fields. This file makes data of it.'
  },
  {
    file: 'src/core/decompress.ts',
    code: [String.raw`message.replace(/\.$/, '')`],
    because: 'The message of zlib or of the zstd library becomes part of a sentence.'
  },
  {
    file: 'src/archive/read/s3.ts',
    code: [String.raw`message.replace(/\.$/, '')`],
    because: 'The message of the AWS SDK becomes part of a sentence.'
  },
  {
    file: 'src/workbench/net/unreadable.ts',
    code: ['/http request/i.test(message)', '/alert|certificate|unknown ca/i.test(message)'],
    because: "OpenSSL's errors have a code for each version of it. Only their words tell what is wrong."
  },
  {
    file: 'src/page/compose/parse-events.ts',
    code: [
      String.raw`json.message.replace(/ \(line \d+ column \d+\)$/, '')`,
      String.raw`/line (\d+)/.exec(message)`,
      String.raw`/position (\d+)/.exec(message)`
    ],
    because: 'The place of a mistake in JSON is only in the message of the browser.'
  },
  {
    file: 'src/sandbox/auctions/catalogue.ts',
    code: ['title.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)'],
    because: 'The title of a product is written into an image. It is not a sentence.'
  }
]

const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .map((name) => join(ROOT, 'src', name))
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('__tests__'))
const readers = files.flatMap((file) =>
  findProseReaders(relative(ROOT, file).split(sep).join('/'), readFileSync(file, 'utf8'))
)

test('no code reads a sentence of ours', () => {
  expect(files.length).toBeGreaterThan(200)
  const others = readers.filter(
    ({ file, code }) => !ALLOWED.some((allowed) => allowed.file === file && allowed.code.includes(code))
  )
  expect(others).toEqual([])
})

test('each exception is still needed', () => {
  const unused = ALLOWED.flatMap(({ file, code }) =>
    code.filter((text) => !readers.some((reader) => reader.file === file && reader.code === text))
  )
  expect(unused).toEqual([])
})

describe('The search finds', () => {
  const find = (source: string) => findProseReaders('planted.tsx', source).map(({ code }) => code)

  test.each([
    "message.includes('no price')",
    "delivery.message.startsWith('Missing')",
    'delivery?.message?.match(/line (\\d+)/)',
    "(outcome.message ?? '').split('; ')",
    "String((error as Error).message).trim().toLowerCase().indexOf('bid')",
    "result['errormessage'].replace(/\\d+/g, 'N')",
    '/missing .*opaqueUserId/.test(message)',
    'LINES.exec(`${message}`)',
    "title === 'An event has no user id'",
    "'A line has no price.' !== finding.why",
    "message.slice(0, 7) === 'Missing'",
    'message === `Missing ${field}`'
  ])('The search finds %s', (code) => {
    expect(find(`const found = ${code}`)[0]).toBeDefined()
  })

  test('The search finds a variable that gets a sentence', () => {
    expect(find("function f({ message: text }: Attempt) { return text.includes('bid') }")).toEqual([
      "text.includes('bid')"
    ])
    expect(find('const text = attempt.message; /bid/.test(text)')).toEqual(['/bid/.test(text)'])
  })

  test.each([
    "deliveries.some(({ ok, message }) => !ok && message.includes('invalid_event_time'))",
    '({ deliveries }) => deliveries.some(({ message, sent }) => !sent && /missing .*opaqueUserId/.test(message))',
    "LINES.exec(message)?.[2] ?? ''",
    '({ code: equals(({ message }) => message.match(ERROR_CODE) ?? []) })',
    'message.replace(QUOTED, \'"…"\')'
  ])('The search finds the former reader %s', (code) => {
    expect(find(`const former = ${code}`)).toHaveLength(1)
  })
})

test.each([
  "message === ''",
  "reason.code === 'line_without_price'",
  "codes.includes('bid_unreadable')",
  'message.length > 300',
  "[message, note].filter(Boolean).join(' ')",
  "value.replace(/\\s+/g, ' ')"
])('The search does not mind %s', (code) => {
  expect(findProseReaders('fine.ts', `const fine = ${code}`)).toEqual([])
})
