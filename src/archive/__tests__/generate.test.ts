import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { generateArchive, withCart } from '../../../scripts/archive/generate'
import type { ArchiveOptions } from '../../../scripts/archive/generate'
import { FREQUENT_MISTAKES, MISTAKES } from '../../../scripts/archive/mistakes'
import type { Truth } from '../../../scripts/archive/truth'
import { DAY } from '../../core'
import { createChecks } from '../../checks'
import type { WireEvents } from '../../checks'
import topsort from '../../destinations/topsort'
import { attempt, createRouter, type TakenEvent } from '../../pipeline'
import { KEY } from '../../../test/support/segment'
import { serveSandbox } from '../../../test/support/served-sandbox'
import type { ServedSandbox } from '../../../test/support/served-sandbox'

const SMALL = { events: 3_000, users: 300, products: 400, days: 6, seed: 7 }
/** All mistakes that a check finds however rare they are. */
const ALL_MISTAKES = Object.fromEntries(
  Object.keys(MISTAKES)
    .filter((code) => !FREQUENT_MISTAKES.includes(code))
    .map((code) => [code, 0.1])
)

const folders: string[] = []

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

type Generated = { out: string; truth: Truth }

async function generate(options: Partial<ArchiveOptions> = {}): Promise<Generated> {
  const out = mkdtempSync(path.join(tmpdir(), 'archive-'))
  folders.push(out)
  return { out, truth: await generateArchive({ ...SMALL, ...options, out }) }
}

function filesOf({ out }: Generated): string[] {
  return readdirSync(path.join(out, 'segment-logs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.gz'))
    .sort()
}

function linesOf({ out }: Generated, file: string): string[] {
  return gunzipSync(readFileSync(path.join(out, 'segment-logs', file)))
    .toString()
    .trimEnd()
    .split('\n')
}

/** Returns the events of an archive in the order of their receipt, without repeats. */
function eventsOf(archive: Generated): TakenEvent[] {
  const events = filesOf(archive).flatMap((file) =>
    linesOf(archive, file).map((line) => JSON.parse(line) as TakenEvent)
  )
  events.sort((one, other) => Date.parse(one.receivedAt) - Date.parse(other.receivedAt))
  const seen = new Set<string>()
  return events.filter(({ messageId, receivedAt }) => {
    const key = `${messageId} ${receivedAt.slice(0, 10)}`
    return !seen.has(key) && seen.add(key)
  })
}

/** Delivers an archive to a sandbox, and gives the deliveries to the checks. */
async function deliver(archive: Generated, sandbox: ServedSandbox) {
  const checks = createChecks({ window: { observations: 1e6, facts: 1e7 } })
  const sent = { impressions: 0, clicks: 0, purchases: 0, pageviews: 0 }
  let failed = 0
  const mappings = withCart()
  const route = createRouter({ destination: topsort.name, mappings })
  for (const event of eventsOf(archive)) {
    const routed = route(event)
    if ('leftOut' in routed && routed.leftOut === 'excluded') continue
    const deliveries = []
    for (const mapping of 'takers' in routed ? routed.takers.map((index) => mappings[index]) : []) {
      const target = { definition: topsort, settings: { api_key: KEY }, mapping }
      const [{ ok, reason, sent: body }] = await attempt(target, [event])
      if (!ok && body === undefined) failed += 1
      for (const [type, list] of Object.entries((body ?? {}) as Record<keyof typeof sent, unknown[]>)) {
        sent[type as keyof typeof sent] += list.length
      }
      deliveries.push({
        mapping: mapping.name,
        action: mapping.partnerAction,
        ok,
        reason,
        sent: body as WireEvents
      })
    }
    checks.observe({ kind: 'event', event, deliveries })
  }
  const findings = Object.fromEntries(checks.findings().map(({ code, count }) => [code, count]))
  return { sent, failed, findings, totals: sandbox.attribution().totals }
}

describe('A generated archive', () => {
  it('A generated archive has files as Segment writes them, each with the events of one day in the order of receipt', async () => {
    const archive = await generate({ linesPerFile: 100 })

    let events = 0
    for (const file of filesOf(archive)) {
      const [source, day, name] = file.split('/')
      expect(source).toMatch(/^\w{14}$/)
      expect(name).toMatch(/^\d+\.[0-9a-f]+\.gz$/)
      const times = linesOf(archive, file).map((line) => Date.parse((JSON.parse(line) as TakenEvent).receivedAt))
      expect(times).toEqual([...times].sort((one, other) => one - other))
      for (const time of times) expect(Math.floor(time / DAY) * DAY).toBe(Number(day))
      expect(times.length).toBeLessThanOrEqual(100)
      events += times.length
    }
    expect(events).toBe(archive.truth.events)
  })

  it('A generated archive is the same for the same seed, and differs for another seed', async () => {
    const [one, same, other] = [await generate(), await generate(), await generate({ seed: 8 })]

    const digest = (archive: Generated) => {
      const hash = createHash('sha256')
      for (const file of filesOf(archive)) hash.update(file).update(linesOf(archive, file).join('\n'))
      return hash.digest('hex')
    }
    expect(digest(same)).toBe(digest(one))
    expect(same.truth).toEqual(one.truth)
    expect(digest(other)).not.toBe(digest(one))
  })

  it('A generated archive has as many broken lines as truth.json says', async () => {
    const archive = await generate({ brokenLines: 0.05 })

    const broken = filesOf(archive).flatMap((file) => linesOf(archive, file).filter((line) => !isJson(line)))
    expect(broken).toHaveLength(archive.truth.unreadable)
    expect(broken.length).toBeGreaterThan(50)
  })

  it('A generated archive has no mistakes by default, and the revenue that the sandbox credits', async () => {
    const archive = await generate()
    const sandbox = await serveSandbox()
    try {
      const { sent, findings, failed, totals } = await deliver(archive, sandbox)

      expect(findings).toEqual({})
      expect(failed).toBe(0)
      const added = archive.truth.calls['Product Added'] ?? 0
      expect(sent.impressions).toBe(archive.truth.sent.impressions)
      expect(sent.clicks).toBeGreaterThan(archive.truth.sent.clicks)
      expect(sent.clicks).toBeLessThanOrEqual(archive.truth.sent.clicks + added)
      expect(sent.purchases).toBe(archive.truth.sent.purchases)
      const { reported, credited } = archive.truth.revenue
      expect(totals).toMatchObject({ revenue: reported, creditedRevenue: credited })
      expect(credited).toBeGreaterThan(100)
    } finally {
      await sandbox.close()
    }
  }, 60_000)

  it('A generated archive has each mistake as often as truth.json says', async () => {
    const archive = await generate({ mistakes: ALL_MISTAKES, repeats: 0.05, excluded: 0.05, textPrices: 0.2 })
    const sandbox = await serveSandbox()
    try {
      const { sent, findings, failed } = await deliver(archive, sandbox)

      expect(archive.truth.repeats).toBeGreaterThan(50)
      expect(archive.truth.excluded).toBeGreaterThan(50)
      const { 'unknown-bid': refused, ...others } = findings
      expect(refused).toBe(archive.truth.unknownBids)
      expect(others).toEqual(archive.truth.findings)
      expect(failed).toBe(archive.truth.failed)
      expect(sent).toEqual(archive.truth.sent)
      expect(Object.keys(findings).sort()).toEqual(Object.keys(ALL_MISTAKES).sort())
    } finally {
      await sandbox.close()
    }
  }, 60_000)
})

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
