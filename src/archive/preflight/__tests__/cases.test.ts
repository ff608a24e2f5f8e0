import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeCases } from '../cases'
import type { PlacedFinding } from '../report'

const folder = mkdtempSync(join(tmpdir(), 'cases-'))
const archive = join(folder, 'calls.jsonl')

afterAll(() => {
  rmSync(folder, { recursive: true })
})

const call = (messageId: string, minute: number, ids: object) => ({
  type: 'track',
  event: 'Product Viewed',
  messageId,
  receivedAt: `2026-01-31T12:0${minute}:00.000Z`,
  ...ids
})

const CALLS = [
  call('late', 5, { anonymousId: 'ann' }),
  call('early', 1, { userId: 'u-ann' }),
  call('chosen', 3, { anonymousId: 'x', properties: { opaqueUserId: 'ann' } }),
  call('other', 2, { anonymousId: 'bob' }),
  call('alone', 4, { anonymousId: 'carl' })
]

const finding = (code: string, samples: PlacedFinding['samples']) => ({ code, samples }) as PlacedFinding

beforeAll(() => {
  writeFileSync(archive, CALLS.map((each) => JSON.stringify(each)).join('\n'))
})

const idsIn = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { messageId: string }).messageId)

test('a finding gets a file with the calls of its samples and of their users, in the order of receipt', async () => {
  const out = join(folder, 'out')
  const findings = [
    finding('user-id-mismatch', [{ messageId: 'late', user: 'ann', otherUser: 'u-ann' }]),
    finding('double-click', [{ messageId: 'alone', otherMessageId: 'other' }]),
    finding('broken-since', [{ messageId: '', measure: 'clicks with a bid' }])
  ]
  const files = await writeCases(findings, out, { inputs: [archive] })
  expect(files).toEqual([join(out, 'user-id-mismatch.jsonl'), join(out, 'double-click.jsonl')])
  expect(readdirSync(out).sort()).toEqual(['double-click.jsonl', 'user-id-mismatch.jsonl'])
  expect(idsIn(files[0])).toEqual(['early', 'chosen', 'late'])
  expect(idsIn(files[1])).toEqual(['other', 'alone'])
})

test('standard input is refused, because it can be read only once', async () => {
  await expect(writeCases([], join(folder, 'no'), { inputs: ['-'] })).rejects.toThrow('standard input')
})

test('a folder that cannot be written is named with its option', async () => {
  await expect(
    writeCases([finding('double-click', [{ messageId: 'late' }])], archive, { inputs: [archive] })
  ).rejects.toThrow(`--cases ${archive} cannot be written`)
})
