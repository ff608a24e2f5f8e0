import { createPipeline } from '..'
import type { Delivery, Pipeline, Timing } from '..'
import { definition, events, startReceiver } from './receiver'
import type { Receiver, Settings } from './receiver'

const FAST: Timing = { batchWait: 5, backOff: 2, random: Math.random }

/** A batch that is not full waits for as long as a test runs. */
const PATIENT: Timing = { ...FAST, batchWait: 60_000 }

let receiver: Receiver
let pipeline: Pipeline

async function start(
  answer: Parameters<typeof startReceiver>[0],
  options: { timing?: Timing; report?: (delivery: Delivery) => void } = {}
) {
  receiver = await startReceiver(answer)
  pipeline = createPipeline({ definition, settings: { url: receiver.url }, timing: PATIENT, ...options })
}

/** Starts, and resolves `reported` when that many deliveries are settled, without draining. */
async function startAndCount(count: number, answer: Parameters<typeof startReceiver>[0], timing: Timing) {
  let settled = 0
  let done = (): void => undefined
  const reported = new Promise<void>((resolve) => (done = resolve))
  await start(answer, {
    timing,
    report: () => {
      if (++settled === count) done()
    }
  })
  return { reported }
}

const allFine = (ids: string[]): number[] => ids.map(() => 204)

const results = () =>
  pipeline.deliveries().map(({ event, status, attempts, ok }) => [event.messageId, status, attempts, ok])

afterEach(async () => {
  await pipeline.forget()
  await receiver.close()
})

test('an event that comes again with its message id is dropped, as Segment does it', async () => {
  await start(allFine)
  pipeline.accept(events('Batched', 'a'))
  pipeline.accept(events('Batched', 'a'))
  await pipeline.drain()

  expect(receiver.requests).toEqual([['a']])
  expect(pipeline.deliveries()).toMatchObject([
    { mapping: null, status: 200, ok: true, attempts: 0, message: 'Dropped "Batched", whose messageId came before.' },
    { mapping: 'Batched', status: 204 }
  ])
})

describe('batches', () => {
  test('go out together, and every event gets its own entry', async () => {
    await start((ids) => ids.map((id) => (id === 'b' ? 400 : 204)))
    pipeline.accept(events('Batched', 'a', 'b'))
    await pipeline.drain()

    expect(receiver.requests).toEqual([['a', 'b']])
    expect(pipeline.deliveries()).toEqual([
      {
        event: { messageId: 'a', type: 'track', name: 'Batched' },
        mapping: 'Batched',
        status: 204,
        ok: true,
        attempts: 1,
        message: '',
        sent: { id: 'a' }
      },
      {
        event: { messageId: 'b', type: 'track', name: 'Batched' },
        mapping: 'Batched',
        status: 400,
        ok: false,
        attempts: 1,
        message: 'b was refused',
        sent: { id: 'b' }
      }
    ])
  })

  test('hold 50 events, or as many as the mapping says', async () => {
    await start(allFine)
    pipeline.accept(events('Batched', ...Array.from({ length: 120 }, (_, index) => `m${index}`)))
    pipeline.accept(events('In Twos', 'x', 'y', 'z'))
    await pipeline.drain()

    const sizes = (isWanted: (id: string) => boolean) =>
      receiver.requests.filter(([id]) => isWanted(id)).map((ids) => ids.length)
    expect(sizes((id) => id.startsWith('m'))).toEqual([50, 50, 20])
    expect(sizes((id) => !id.startsWith('m'))).toEqual([2, 1])
  })

  test.each(['Unbatched', 'Alone'])('are not made where batching is off or not possible: %s', async (name) => {
    await start(allFine)
    pipeline.accept(events(name, 'a', 'b'))
    await pipeline.drain()

    expect(receiver.requests).toEqual([['a'], ['b']])
    expect(pipeline.deliveries()).toEqual(
      ['a', 'b'].map((messageId) => ({
        event: { messageId, type: 'track', name },
        mapping: name,
        status: 200,
        ok: true,
        attempts: 1,
        message: '',
        sent: [messageId]
      }))
    )
  })

  test('go out when they have waited long enough', async () => {
    const { reported } = await startAndCount(2, allFine, FAST)
    pipeline.accept(events('Batched', 'a', 'b'))
    await reported
    expect(receiver.requests).toEqual([['a', 'b']])
  })

  test('go out at once when they are full', async () => {
    const { reported } = await startAndCount(2, allFine, PATIENT)
    pipeline.accept(events('In Twos', 'a', 'b'))
    await reported
    expect(receiver.requests).toEqual([['a', 'b']])
  })

  test.each(['Batched', 'Unbatched'])('do not fail for an event whose values do not fit: %s', async (name) => {
    await start(allFine)
    const [good, bad, other] = events(name, 'good', 'bad', 'other')
    pipeline.accept([good, { ...bad, properties: { count: 'many' } }, other])
    await pipeline.drain()

    expect(receiver.requests.flat().sort()).toEqual(['good', 'other'])
    const failed = pipeline.deliveries().filter(({ ok }) => !ok)
    expect(failed).toMatchObject([{ event: { messageId: 'bad' }, status: 400, attempts: 1 }])
    expect(failed[0].message).toContain('Count')
  })
})

describe('what failed', () => {
  test('is tried again with the same ids', async () => {
    await start((ids, turn) => (turn === 0 ? 429 : allFine(ids)))
    pipeline.accept(events('Batched', 'a', 'b'))
    await pipeline.drain()

    expect(receiver.requests).toEqual([
      ['a', 'b'],
      ['a', 'b']
    ])
    expect(results()).toEqual([
      ['a', 204, 2, true],
      ['b', 204, 2, true]
    ])
  })

  test('is tried again alone when the others of its batch were fine', async () => {
    await start((ids, turn) => ids.map((id) => (id === 'b' && turn === 0 ? 503 : 204)))
    pipeline.accept(events('Batched', 'a', 'b', 'c'))
    await pipeline.drain()

    expect(receiver.requests).toEqual([['a', 'b', 'c'], ['b']])
    expect(results()).toEqual([
      ['a', 204, 1, true],
      ['c', 204, 1, true],
      ['b', 204, 2, true]
    ])
  })

  test('is given up after five tries', async () => {
    await start(() => 503)
    pipeline.accept(events('Batched', 'a'))
    await pipeline.drain()

    expect(receiver.requests).toEqual([['a'], ['a'], ['a'], ['a'], ['a']])
    expect(pipeline.deliveries()).toMatchObject([
      { status: 503, ok: false, attempts: 5, message: 'Service Unavailable' }
    ])
  })

  test.each(['Batched', 'Unbatched'])('without an answer counts as a 500 and is tried again: %s', async (name) => {
    await start((ids, turn) => (turn < 2 ? 'cut' : allFine(ids)))
    pipeline.accept(events(name, 'a'))
    await pipeline.drain()
    expect(results()).toEqual([['a', name === 'Batched' ? 204 : 200, 3, true]])
  })

  test.each([408, 423, 429, 500, 502, 503, 504])('is tried again after a %d', async (status) => {
    await start((ids, turn) => (turn === 0 ? [status] : allFine(ids)))
    pipeline.accept(events('Batched', 'a'))
    await pipeline.drain()
    expect(results()).toEqual([['a', 204, 2, true]])
  })

  test.each([400, 401, 404, 409, 422, 501])('is not tried again after a %d', async (status) => {
    await start(() => status)
    pipeline.accept(events('Batched', 'a'))
    pipeline.accept(events('Unbatched', 'b'))
    await pipeline.drain()
    expect(results()).toEqual(
      expect.arrayContaining([
        ['a', status, 1, false],
        ['b', status, 1, false]
      ])
    )
    expect(receiver.requests).toHaveLength(2)
  })

  test('shares its next batch with newer events', async () => {
    const { reported } = await startAndCount(
      3,
      (ids, turn) => {
        if (turn === 0) pipeline.accept(events('In Twos', 'newer'))
        return ids.map((id) => (id === 'late' && turn === 0 ? 503 : 204))
      },
      PATIENT
    )
    pipeline.accept(events('In Twos', 'fine', 'late'))
    await reported

    expect(receiver.requests).toEqual([
      ['fine', 'late'],
      ['newer', 'late']
    ])
  })

  test('because the settings do not fit says so', async () => {
    receiver = await startReceiver(allFine)
    pipeline = createPipeline({ definition, settings: {} as Settings, timing: PATIENT })
    pipeline.accept(events('Batched', 'a'))
    await pipeline.drain()
    expect(pipeline.deliveries()).toMatchObject([
      { status: 400, ok: false, attempts: 1, message: "The root value is missing the required field 'url'." }
    ])
  })
})

describe('drain', () => {
  test('waits for what is on its way, for what is tried again, and for what comes in meanwhile', async () => {
    let arrived = (): void => undefined
    const inFlight = new Promise<void>((resolve) => (arrived = resolve))
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    await start(async (ids, turn) => {
      if (turn > 0) return allFine(ids)
      arrived()
      await held
      return 503
    })

    pipeline.accept(events('In Twos', 'a', 'b'))
    await inFlight
    const drained = pipeline.drain()
    pipeline.accept(events('In Twos', 'c'))
    release()
    await drained

    expect(results().sort()).toEqual([
      ['a', 204, 2, true],
      ['b', 204, 2, true],
      ['c', 204, 1, true]
    ])
  })

  test('resolves when there is nothing to do', async () => {
    await start(allFine)
    await pipeline.drain()
    expect(receiver.requests).toEqual([])
  })
})

describe('forget', () => {
  test('drops what waits, what is to be tried again and what was delivered, and switches all mappings on', async () => {
    let failed = (): void => undefined
    const tried = new Promise<void>((resolve) => (failed = resolve))
    const reports: string[] = []
    await start(
      (ids) => {
        if (!ids.includes('again')) return allFine(ids)
        failed()
        return 503
      },
      {
        timing: { ...PATIENT, backOff: 60_000, random: () => 0.9 },
        report: ({ event }) => reports.push(event.messageId)
      }
    )
    pipeline.accept(events('Alone', 'delivered'))
    await pipeline.drain()
    pipeline.accept(events('Alone', 'again'))
    await tried
    pipeline.accept(events('Batched', 'waiting'))
    pipeline.switchMappings([{ name: 'Batched', enabled: false }])

    const unfinished = pipeline.drain()
    await pipeline.forget()
    await unfinished

    expect(reports).toEqual(['delivered'])
    expect(pipeline.deliveries()).toEqual([])
    expect(pipeline.mappings().every(({ enabled }) => enabled)).toBe(true)

    pipeline.accept(events('Batched', 'new'))
    await pipeline.drain()
    expect(results()).toEqual([['new', 204, 1, true]])
  })

  test('waits for a request that is under way, and does not report it', async () => {
    let arrived = (): void => undefined
    const inFlight = new Promise<void>((resolve) => (arrived = resolve))
    let answered = false
    await start(async (ids) => {
      arrived()
      await new Promise(setImmediate)
      answered = true
      return allFine(ids)
    })
    pipeline.accept(events('In Twos', 'a', 'b'))
    await inFlight
    await pipeline.forget()

    expect(answered).toBe(true)
    expect(pipeline.deliveries()).toEqual([])
  })
})

describe('an event that goes nowhere', () => {
  test('is reported when no mapping takes it', async () => {
    await start(allFine)
    pipeline.accept(events('Cart Viewed', 'a'))
    expect(pipeline.deliveries()).toEqual([
      {
        event: { messageId: 'a', type: 'track', name: 'Cart Viewed' },
        mapping: null,
        status: 200,
        ok: true,
        attempts: 0,
        message: 'No mapping that is switched on takes "Cart Viewed".'
      }
    ])
  })

  test('is reported when its mapping is switched off', async () => {
    await start(allFine)
    pipeline.switchMappings([{ name: 'Batched', enabled: false }])
    pipeline.accept(events('Batched', 'a'))
    await pipeline.drain()
    expect(pipeline.deliveries()).toMatchObject([
      { mapping: null, message: 'No mapping that is switched on takes "Batched".' }
    ])
    expect(receiver.requests).toEqual([])
  })

  test.each([
    [{ All: false }, false],
    [{ Receiver: false }, false],
    [{ All: false, Receiver: true }, true],
    [{ All: true }, true],
    [{}, true]
  ])('is reported when its integrations keep it away: %j', async (integrations, isDelivered) => {
    await start(allFine)
    const [event] = events('Batched', 'a')
    pipeline.accept([{ ...event, integrations }])
    await pipeline.drain()
    const message = isDelivered ? '' : 'The "integrations" of "Batched" keep it from Receiver.'
    expect(pipeline.deliveries()).toMatchObject([{ ok: true, message }])
    expect(receiver.requests).toHaveLength(isDelivered ? 1 : 0)
  })

  test('is reported when Segment refuses it', async () => {
    await start(allFine)
    pipeline.accept([], [{ event: { messageId: 'a', type: 'track', name: '' }, message: 'Segment refuses batch[0].' }])
    expect(pipeline.deliveries()).toEqual([
      {
        event: { messageId: 'a', type: 'track', name: '' },
        mapping: null,
        status: 400,
        ok: false,
        attempts: 0,
        message: 'Segment refuses batch[0].'
      }
    ])
  })
})

test('the newest 10,000 deliveries are kept', async () => {
  await start(allFine)
  const [event] = events('Cart Viewed', 'a')
  pipeline.accept(Array.from({ length: 10_001 }, (_, index) => ({ ...event, messageId: `m${index}` })))
  const kept = pipeline.deliveries()
  expect([kept.length, kept[0].event.messageId, kept.at(-1)?.event.messageId]).toEqual([10_000, 'm1', 'm10000'])
})

test('a switch that names no mapping switches none', async () => {
  await start(allFine)
  const wrong = [
    { name: 'Batched', enabled: false },
    { name: 'Nobody', enabled: false }
  ]
  expect(() => {
    pipeline.switchMappings(wrong)
  }).toThrow('There is no mapping "Nobody". The mappings are: Batched, In Twos, Unbatched, Alone.')
  expect(pipeline.mappings().every(({ enabled }) => enabled)).toBe(true)
})
