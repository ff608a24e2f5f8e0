import type { JSONObject } from '@segment/actions-core'
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { seeded, shuffled } from '../../../../test/support/random'
import { readArguments } from '../arguments'
import type { Report } from '../report'
import { runPreflight } from '../run-preflight'
import { mergeReports } from '../merge-reports'
import { summarize } from '../summary'
import topsort from '../../../destinations/topsort'
import { presetMappings, writeSavedMappings } from '../../../pipeline'
import { useGeneratedArchive } from './generated'

jest.setTimeout(120_000)

const archive = useGeneratedArchive(0.05, {
  events: 4_000,
  users: 300,
  products: 400,
  days: 6,
  seed: 7,
  brokenLines: 0.005
})

async function preflight(...args: string[]): Promise<Report> {
  const parsed = readArguments(args)
  if (parsed === 'help') throw new Error('Only help was asked for')
  return runPreflight(parsed)
}

const ofArchive = (...args: string[]) => preflight(archive.logs, '--mappings', archive.mappings, ...args)

/** Writes events as JSON Lines, and returns the path of the file. */
function write(name: string, ...events: object[]): string {
  const file = join(archive.folder, name)
  writeFileSync(file, events.map((event) => JSON.stringify(event)).join('\n'))
  return file
}

let number = 0
const track = (event: string, properties: object = {}, more: object = {}) => {
  number += 1
  return {
    type: 'track',
    event,
    messageId: `m_${number}`,
    anonymousId: 'u_1',
    timestamp: '2026-01-31T12:00:00.000Z',
    receivedAt: '2026-01-31T12:00:01.000Z',
    properties,
    ...more
  }
}

describe('The report of a generated archive', () => {
  let report: Report
  beforeAll(async () => {
    report = await ofArchive()
  })

  test('counts the events that were read, and those that reach no mapping', () => {
    const { events, unreadable, repeats, excluded } = archive.truth()
    expect(report.input).toMatchObject({ events, unreadable, repeats, excluded })
  })

  test('counts the events that would be sent, sponsored and organic', () => {
    expect(report.sent).toEqual(archive.truth().sent)
    expect(report.sponsored).toEqual(archive.truth().sponsored)
  })

  test('counts the events that would fail, by mapping and by message', () => {
    const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0)
    expect(sum(report.mappings.map(({ failed }) => failed))).toBe(archive.truth().failed)
    expect(sum(report.failures.map(({ count }) => count))).toBe(archive.truth().failed)
    for (const { taken, delivered, failed } of report.mappings) expect(taken).toBe(delivered + failed)
  })

  test('adds up the revenue that is reported, credited and omitted', () => {
    const { USD, EUR, ...others } = report.revenue.byCurrency
    expect(USD).toEqual(archive.truth().revenue)
    expect({ EUR, ...others }).toEqual({})
  })

  test('finds each mistake as often as it was made', () => {
    const found = Object.fromEntries(report.findings.map(({ code, count }) => [code, count]))
    // Only Topsort's answer shows that a bid is unknown, and preflight sends nothing.
    const expected = Object.entries(archive.truth().findings).filter(([code]) => code !== 'unknown-bid')
    expect(expected.length).toBeGreaterThan(12)
    expect(found).toMatchObject(Object.fromEntries(expected))
  })

  test('counts each day', () => {
    const { days } = archive.truth()
    expect(report.days).toHaveLength(days.length)
    for (const [index, day] of report.days.entries()) {
      const { revenue, ...counts } = days[index]
      expect(day).toMatchObject(counts)
      expect(Object.hasOwn(day.revenue, 'USD') ? day.revenue.USD.reported : 0).toBeCloseTo(revenue)
    }
  })

  test('gives the places of its samples as file:line', () => {
    const places = [...report.failures, ...report.unreadable].flatMap(({ samples }) =>
      samples.map(({ place }) => place)
    )
    expect(places.length).toBeGreaterThan(5)
    for (const place of places) expect(place).toMatch(/segment-logs\/\w+\/\d{13}\/[^/]+\.gz:\d+$/)
  })
})

describe('The report does not depend on', () => {
  /** The lines of each file of the archive, in the order of the files. */
  const readFiles = (): string[][] =>
    readdirSync(archive.logs, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.gz'))
      .sort()
      .map((name) => {
        const text = gunzipSync(readFileSync(join(archive.logs, name))).toString()
        return text.split('\n').filter((line) => line !== '')
      })

  /** What is left of a report without the places, and without the counts of files and bytes. */
  const toFigures = (report: Report): unknown => {
    const { input, unreadable, ...rest } = report
    const counts = { ...input, files: 0, bytes: 0 }
    return JSON.parse(
      JSON.stringify({ ...rest, counts, unreadable: unreadable.map(({ message, count }) => [message, count]) }),
      (key, value: unknown) => (key === 'place' ? undefined : value)
    )
  }

  const preflightOf = (...inputs: string[]): Promise<Report> => preflight(...inputs, '--mappings', archive.mappings)

  function writeLines(name: string, lines: readonly string[]): string {
    const file = join(archive.folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, lines.join('\n'))
    return file
  }

  let figures: unknown
  beforeAll(async () => {
    figures = toFigures(await ofArchive())
  })

  test('the report does not depend on the order of the sources in one file', async () => {
    const file = writeLines('sources.jsonl', readFiles().flat())
    expect(toFigures(await preflightOf(file))).toEqual(figures)
  })

  test('the report does not depend on the order of the events', async () => {
    const file = writeLines('shuffled.jsonl', shuffled(readFiles().flat(), seeded(3)))
    expect(toFigures(await preflightOf(file))).toEqual(figures)
  })

  test('the report does not depend on the names of the files in a flat folder', async () => {
    shuffled(readFiles(), seeded(4)).forEach((lines, at) => writeLines(`flat/${at}.jsonl`, lines))
    expect(toFigures(await preflightOf(join(archive.folder, 'flat')))).toEqual(figures)
  })

  test('the report does not depend on whether an event is in two files, but for the number of repeats', async () => {
    const more = readFiles().flatMap((lines) => lines.filter((line) => line.startsWith('{')).slice(0, 20))
    const isRead = (line: string): boolean => {
      try {
        return typeof JSON.parse(line) === 'object'
      } catch {
        return false
      }
    }
    const again = more.filter(isRead)
    const report = await preflightOf(archive.logs, writeLines('again.jsonl', again))
    const { events, repeats } = report.input
    report.input.events -= again.length
    report.input.repeats -= again.length
    expect({ events, repeats }).toEqual({
      events: archive.truth().events + again.length,
      repeats: archive.truth().repeats + again.length
    })
    expect(toFigures(report)).toEqual(figures)
  })

  test('the report does not depend on when a click arrives, if it arrives after its order', async () => {
    const order = track(
      'Order Completed',
      { order_id: 'o_late', products: [{ product_id: 'p_1', price: 5 }] },
      { timestamp: '2026-01-31T13:00:00.000Z', receivedAt: '2026-01-31T13:00:01.000Z' }
    )
    const click = track(
      'Product Clicked',
      { product_id: 'p_1', resolvedBidId: 'bid_1' },
      { timestamp: '2026-01-31T12:00:00.000Z', receivedAt: '2026-02-02T09:00:00.000Z' }
    )
    const page = { ...track(''), type: 'page', receivedAt: '2026-02-01T09:00:00.000Z' }
    const { revenue, coverage } = await preflight(write('late.jsonl', order, page, click))
    expect(revenue).toMatchObject({ byCurrency: { unknown: { reported: 5, credited: 5 } }, creditedLines: 1 })
    expect(coverage.ordersWithEarlierClick).toEqual({ count: 1, of: 1 })
  })
})

describe('The attribution settings', () => {
  const click = (id: string, properties: object) =>
    track(
      'Product Clicked',
      { product_id: id, resolvedBidId: `bid_${id}`, ...properties },
      at('2026-01-01T12:00:00.000Z')
    )
  const at = (time: string) => ({ timestamp: time, receivedAt: time })
  const ofBanner = { additionalAttribution: { type: 'product', id: 'p_2' } }
  const products = [
    { product_id: 'p_1', price: 5 },
    { product_id: 'p_2', price: 7 }
  ]
  const events = () => [
    click('p_1', {}),
    click('p_2', ofBanner),
    track('Order Completed', { order_id: 'o_1', products, currency: 'USD' }, at('2026-01-11T12:00:00.000Z'))
  ]
  const settings = (text: string) => {
    const file = join(archive.folder, 'attribution.json')
    writeFileSync(file, text)
    return ['--attribution', file]
  }

  test.each([
    ['{"listings": {"windowDays": 7}}', 7],
    ['{"windowDays": 7, "listings": {"windowDays": 30}}', 5],
    ['{"windowDays": 9}', 0],
    ['{}', 12]
  ])(
    'the attribution settings %s decide which lines of an order of ten days later are credited',
    async (text, credited) => {
      const { revenue } = await preflight(write('windows.jsonl', ...events()), ...settings(text))
      expect(revenue.byCurrency.USD).toMatchObject({ reported: 12, credited })
    }
  )

  test('the attribution settings are followed by the findings', async () => {
    const { findings } = await preflight(write('windows.jsonl', ...events()), ...settings('{"windowDays": 7}'))
    expect(findings.map(({ code }) => code)).toContain('no-interaction')
  })

  test('the attribution settings that an archive cannot follow are limits of the report', async () => {
    const text = '{"banners": {"model": "last-impression"}, "halo": true}'
    const { limits } = await preflight(write('windows.jsonl', ...events()), ...settings(text))
    expect(limits).toEqual([expect.stringContaining('Views of banners'), expect.stringContaining('Halo')])
  })

  test('the attribution settings are refused with their file and the invalid value', async () => {
    await expect(preflight(write('windows.jsonl', ...events()), ...settings('{"windowDays": 99}'))).rejects.toThrow(
      /attribution\.json: windowDays must be <= 90/
    )
  })
})

describe('Before the mappings,', () => {
  test('a repeat of a message id is dropped on the same day, and counts on a later day', async () => {
    const click = track('Product Clicked', { product_id: 'p_1' })
    const later = (time: string) => ({ ...click, receivedAt: time })
    const file = write(
      'repeats.jsonl',
      click,
      later('2026-02-01T12:00:00.000Z'),
      later('2026-02-01T12:00:02.000Z'),
      later('2026-02-01T13:00:00.000Z')
    )
    expect(await preflight(file)).toMatchObject({ input: { events: 4, repeats: 2 }, sent: { clicks: 2 } })
  })

  test('integrations keep events out, unless Segment replays them', async () => {
    const click = track('Product Clicked', { product_id: 'p_1' }, { integrations: { All: false } })
    const file = write('integrations.jsonl', click)
    expect(await preflight(file)).toMatchObject({ input: { excluded: 1 }, sent: { clicks: 0 } })
    expect(await preflight(file, '--as-segment-replay')).toMatchObject({ input: { excluded: 0 }, sent: { clicks: 1 } })
  })

  test('destination filters drop events, and change others', async () => {
    const file = write(
      'filtered.jsonl',
      track('Product Clicked', { product_id: 'p_1', resolvedBidId: 'b_1' }),
      track('Product Viewed', { product_id: 'p_1' })
    )
    const filters = join(archive.folder, 'filters.json')
    writeFileSync(
      filters,
      JSON.stringify({
        data: {
          filters: [
            { if: 'event = "Product Viewed"', enabled: true, actions: [{ type: 'DROP' }] },
            {
              if: 'type = "track"',
              enabled: true,
              actions: [{ type: 'DROP_PROPERTIES', fields: { properties: ['resolvedBidId'] } }]
            }
          ]
        }
      })
    )
    const report = await preflight(file, '--filters', filters)
    expect(report).toMatchObject({
      input: { filtered: 1 },
      sent: { clicks: 1, impressions: 0 },
      sponsored: { clicks: 0 }
    })
  })

  test('--from, --to and --source select events', async () => {
    const at = (day: string, more: object = {}) =>
      track('Product Clicked', { product_id: 'p_1' }, { timestamp: `2026-01-${day}T00:00:00Z`, ...more })
    const file = write('days.jsonl', at('01'), at('02', { projectId: 'web' }), at('03'))
    const select = async (...args: string[]) => (await preflight(file, ...args)).sent.clicks
    expect(await select('--from', '2026-01-02')).toBe(2)
    expect(await select('--to', '2026-01-02')).toBe(1)
    expect(await select('--from', '2026-01-02', '--to', '2026-01-03')).toBe(1)
    expect(await select('--source', 'web')).toBe(1)
  })
})

describe('Omitted values', () => {
  test('Omitted values of order lines are counted with their reason, also if the whole order fails', async () => {
    const good = { product_id: 'p_1', price: 10, quantity: 2 }
    const file = write(
      'orders.jsonl',
      track('Order Completed', { order_id: 'o_1', products: [good, { price: 5, quantity: 3 }] }),
      track('Order Completed', { order_id: 'o_2', products: [{ price: 7 }] }),
      track('Order Completed', { order_id: 'o_3', products: [good] }, { anonymousId: undefined })
    )
    const { revenue } = await preflight(file)
    expect(revenue).toMatchObject({ byCurrency: { unknown: { reported: 20, leftOut: 42 } }, lines: 1, leftOutLines: 3 })
    expect(revenue.reasons.map(({ samples, ...reason }) => ({ ...reason, samples: samples.length }))).toEqual([
      {
        code: 'line_without_product_id',
        message: 'Left out of this order: line N has no product id.',
        lines: 2,
        amounts: { unknown: 22 },
        samples: 2
      },
      {
        code: 'required_field_missing',
        message: expect.stringMatching(/opaqueUserId/) as string,
        lines: 1,
        amounts: { unknown: 20 },
        samples: 1
      }
    ])
  })

  test('Omitted values of each line are counted with the problem of this line', async () => {
    const products = [
      { product_id: 'p_1', price: '$1.290', quantity: 2 },
      { product_id: 'undefined', price: 3 },
      { product_id: 'p_1', price: 10 },
      { product_id: 'p_2' },
      { price: 4, quantity: 2 },
      { product_id: 'p_3', price: 5, quantity: -1 },
      { price: 6 }
    ]
    const file = write('lines.jsonl', track('Order Completed', { order_id: 'o_4', products }))
    const { revenue, leftOut, mappings } = await preflight(file)
    expect(revenue.reasons.map(({ code, lines, amounts: { unknown = 0 } }) => [code, lines, unknown])).toEqual([
      ['line_without_product_id', 2, 14],
      ['line_product_id_meaningless', 1, 3],
      ['line_price_ambiguous', 1, 0],
      ['line_quantity_not_positive', 1, 0],
      ['line_without_price', 1, 0]
    ])
    expect(leftOut.map(({ code, count }) => [code, count])).toEqual([['lines_left_out', 1]])
    expect(mappings.find(({ name }) => name === 'Purchase')).toMatchObject({ taken: 1, delivered: 1, leftOut: 1 })
  })

  test('Omitted values of lines with a total are counted with the total', async () => {
    const mappings = presetMappings(topsort).filter(({ name }) => name === 'Purchase')
    const [{ mapping }] = mappings
    const [path, fields] = (mapping.items as { '@arrayPath': [string, JSONObject] })['@arrayPath']
    const withTotal = { ...fields, unitPrice: { '@path': '$.no' }, lineTotal: { '@path': '$.total' } }
    const items = { '@arrayPath': [path, withTotal] }
    const saved = join(archive.folder, 'totals.json')
    writeFileSync(saved, JSON.stringify(writeSavedMappings([{ ...mappings[0], mapping: { ...mapping, items } }])))
    const products = [
      { product_id: 'p_1', total: 30, quantity: 3 },
      { total: '7,50 €', quantity: 3 }
    ]
    const file = write('totals.jsonl', track('Order Completed', { order_id: 'o_5', products }))
    const { revenue, changes } = await preflight(file, '--mappings', saved)
    expect(revenue).toMatchObject({ byCurrency: { unknown: { reported: 30, leftOut: 7.5 } }, leftOutLines: 1 })
    expect(changes.map(({ path, kind, samples: [{ from, to }] }) => [path, kind, from, to])).toEqual([
      ['items[]', 'omitted', '{"quantity":"3","lineTotal":"7,50 €"}', undefined],
      ['items[].lineTotal', 'changed', '"30"', '10']
    ])
  })

  test('Omitted values are a group for each note of an event', async () => {
    const properties = { product_id: 'p_1', resolvedBidId: 'bid', clickType: 'image' }
    const additionalAttribution = { id: 'b_1', type: 'brand' }
    const file = write(
      'notes.jsonl',
      track('Product Clicked', { ...properties, additionalAttribution }),
      track('Product Clicked', properties)
    )
    const { leftOut, mappings, sent } = await preflight(file)
    expect(leftOut.map(({ code, count, message }) => [code, count, message])).toEqual([
      ['click_type_unknown', 2, 'Left out: the click type …. Topsort accepts product, like and add-to-cart.'],
      [
        'attribution_type_unknown',
        1,
        'Left out: the additional attribution of the type …. Topsort accepts product and vendor.'
      ]
    ])
    expect(mappings.find(({ name }) => name === 'Click')).toMatchObject({ delivered: 2, leftOut: 2 })
    expect(sent.clicks).toBe(2)
  })

  test('Omitted values are one group if their messages differ only in values', async () => {
    const file = write(
      'times.jsonl',
      ...['at 5', 'at 6', 'at 7'].map((timestamp) => track('Product Clicked', { product_id: 'p_1' }, { timestamp }))
    )
    const { failures } = await preflight(file)
    expect(failures).toHaveLength(1)
    expect(failures[0]).toMatchObject({
      count: 3,
      code: 'time_invalid',
      message: expect.stringMatching(/^Invalid occurredAt in this click: …\. Send ISO 8601/) as string
    })
    expect(failures[0].samples.map(({ place }) => place)).toEqual([1, 2, 3].map((line) => `${file}:${line}`))
  })
})

test('Reports are merged by the codes and texts of their groups', async () => {
  const click = (timestamp: string) => track('Product Clicked', { product_id: 'p_1' }, { timestamp })
  const noUser = { properties: { product_id: 'p_1' }, anonymousId: undefined }
  const [one, two] = await Promise.all([
    preflight(write('one.jsonl', click('at 5'), track('Product Clicked', {}, noUser))),
    preflight(write('two.jsonl', click('at 6'), click('at 7')))
  ])
  // A report of an older version has no codes.
  const old = { ...two, failures: [{ message: one.failures[0].message, count: 5, samples: [] }] }
  const groups = mergeReports([one, two, old]).failures.map(({ code, count }) => [code, count])
  expect(groups).toEqual([
    [undefined, 5],
    ['time_invalid', 3],
    ['required_field_missing', 1]
  ])
})

test('A trigger that loses its meaning is a finding, also of merged reports', async () => {
  const [file, empty] = [
    write('orders.jsonl', track('Order Completed', { channel: 'web', products: [{ product_id: 'p_1', price: 5 }] })),
    write('others.jsonl', track('Sign-up'))
  ]
  const trigger = 'event = "Order Completed" and !(properties.channel = "pos")'
  const mapping = { name: 'Web orders', action: 'purchase', trigger }
  const off = { ...mapping, name: 'Off', enabled: false }
  const mappings = write('lost.json', [mapping, off])
  const [one, other] = [await preflight(file, '--mappings', mappings), await preflight(empty, '--mappings', mappings)]
  const spelling = 'event = "Order Completed" and properties.channel != "pos"'
  for (const { findings, verdict, diagnosis } of [one, mergeReports([one, other])]) {
    const found = findings.filter(({ code }) => code === 'trigger-loses-meaning')
    expect(found).toMatchObject([
      {
        severity: 'loses data',
        count: 1,
        sentence: expect.stringContaining(`Write it like this: ${spelling}`) as string,
        samples: [{ mapping: 'Web orders', trigger, spelling }]
      }
    ])
    expect(verdict.points).toContainEqual(expect.objectContaining({ href: '#trigger-loses-meaning', isLoss: true }))
    expect(diagnosis.map(({ code }) => code)).toContain('trigger-loses-meaning')
  }
  expect(summarize(one, { color: false }).replace(/\s+/g, ' ')).toContain('The trigger of the mapping "Web orders"')
})

describe('The summary', () => {
  test('says which events would arrive, which would fail, and what to do', async () => {
    const text = summarize(await ofArchive(), { color: false })
    expect(text).toMatch(/^\d,\d{3} events in \d+ files, from 2025-01-01 to \d{4}-\d\d-\d\d\. Nothing was sent\./)
    for (const part of [
      'Events that Topsort would receive',
      'Events that would fail',
      'loses money',
      'Findings',
      'Coverage'
    ]) {
      expect(text).toContain(part)
    }
    expect(text).not.toMatch(/NaN|undefined|Infinity/)
  })

  test('The summary of an archive that no mapping takes says so', async () => {
    const text = summarize(await preflight(write('nothing.jsonl', track('Sign-up'))), { color: false })
    expect(text).toContain('Nothing. No mapping takes these events')
    expect(text).not.toMatch(/NaN|undefined|Infinity/)
  })
})

describe('The command', () => {
  type Run = { code: number | null; out: string; err: string }
  const run = (args: string[], { input, zone = 'UTC' }: { input?: Buffer; zone?: string } = {}): Promise<Run> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'preflight', ...args], {
        env: { ...process.env, TZ: zone }
      })
      let [out, err] = ['', '']
      child.stdout.on('data', (text: Buffer) => (out += text.toString()))
      child.stderr.on('data', (text: Buffer) => (err += text.toString()))
      child.on('close', (code) => {
        resolve({ code, out, err })
      })
      child.stdin.end(input)
    })

  test('reads times without a zone in UTC, whatever the zone of the machine is', async () => {
    const event = track(
      'Product Clicked',
      { product_id: 'p_1' },
      { timestamp: '2026-01-31 23:30:00', receivedAt: '2026-01-31T23:30:01' }
    )
    const file = write('zone.jsonl', event)
    const inZone = (zone: string) =>
      run([file, '--json', '--from', '2026-01-31T23:00:00', '--to', '2026-02-01'], { zone })
    const [utc, tokyo, newYork] = await Promise.all(['UTC', 'Asia/Tokyo', 'America/New_York'].map(inZone))
    expect(JSON.parse(utc.out)).toMatchObject({ input: { notSelected: 0 }, days: [{ day: '2026-01-31', clicks: 1 }] })
    expect(tokyo.out).toBe(utc.out)
    expect(newYork.out).toBe(utc.out)
  })

  test('reads gzip from standard input, prints only JSON on standard output, and exits with 0', async () => {
    const events = gzipSync(JSON.stringify(track('Product Clicked', { product_id: 'p_1' })))
    const { code, out } = await run(['-', '--json'], { input: events })
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ version: 1, input: { files: 1, events: 1 }, sent: { clicks: 1 } })
  })

  test('exits with 1 if a finding loses money, and writes the HTML report', async () => {
    const order = { order_id: 'o_1', products: [{ product_id: 'p_1', price: 5 }] }
    const file = write('twice.jsonl', track('Order Completed', order), track('Order Completed', order))
    const html = join(archive.folder, 'report.html')
    const { code, out } = await run([file, '--report', html])
    expect(code).toBe(1)
    expect(out).toContain('double-purchase')
    expect(readFileSync(html, 'utf8')).toContain('double-purchase')
  })

  test.each([
    [[], 'Which archive? Give a folder, a file or s3://bucket/prefix.'],
    [['no-such-folder'], 'no-such-folder does not exist.'],
    [['package.json', '--from', 'yesterday'], '--from yesterday is not a date. Write 2026-01-31'],
    [['package.json', '--split', '0', '--out', 'parts'], '--split 0 is not a number of parts from 1 to 1000.'],
    [['package.json', '--split', '3'], '--out is missing. Name the folder for the parts'],
    [['package.json', '--out', 'parts'], '--out is for the parts of --split N.'],
    [['package.json', '--split', '3', '--out', 'parts', '--json'], '--json is for reading the parts.'],
    [['-', '--split', '3', '--out', 'parts'], 'Standard input cannot be split'],
    [['package.json', '--speed'], '--speed'],
    [['package.json', '--mappings', 'no.json'], '--mappings no.json cannot be read'],
    [['package.json', '--merge'], 'package.json is not a report of this version. Write it with preflight --json.']
  ])(
    'exits with 2 and says what to change: %j',
    async (args, message) => {
      const { code, out, err } = await run(args)
      expect(code).toBe(2)
      expect(out).toBe('')
      expect(err).toContain(message)
    },
    60_000
  )
})
