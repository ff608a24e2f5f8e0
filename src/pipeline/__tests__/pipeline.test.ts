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

const byMessageId = (one: Delivery, other: Delivery) =>
  String(one.event?.messageId).localeCompare(String(other.event?.messageId))

const labeled = (messageId: string, name: string) => ({ messageId, type: 'track', name, userId: 'u1' })

const allFine = (ids: string[]): number[] => ids.map(() => 204)

const results = () =>
  pipeline.deliveries().map(({ event, status, attempts, ok }) => [event?.messageId, status, attempts, ok])

afterEach(async () => {
  await pipeline.forget()
  await receiver.close()
})

test('a repeat of a message id is filtered, as in Segment', async () => {
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
  test('batches are sent together, and every event gets its own delivery', async () => {
    await start((ids) => ids.map((id) => (id === 'b' ? 400 : 204)))
    pipeline.accept(events('Batched', 'a', 'b'))
    await pipeline.drain()

    expect(receiver.requests).toEqual([['a', 'b']])
    expect(pipeline.deliveries()).toEqual([
      {
        event: labeled('a', 'Batched'),
        mapping: 'Batched',
        status: 204,
        ok: true,
        attempts: 1,
        stage: 'delivered',
        message: '',
        payload: { id: 'a', enable_batching: true },
        sent: { id: 'a' }
      },
      {
        event: labeled('b', 'Batched'),
        mapping: 'Batched',
        status: 400,
        ok: false,
        attempts: 1,
        stage: 'failed',
        message: 'b was refused',
        payload: { id: 'b', enable_batching: true },
        sent: { id: 'b' }
      }
    ])
  })

  test('batches hold 50 events or the batch size of the mapping', async () => {
    await start(allFine)
    pipeline.accept(events('Batched', ...Array.from({ length: 120 }, (_, index) => `m${index}`)))
    pipeline.accept(events('In Twos', 'x', 'y', 'z'))
    await pipeline.drain()

    const sizes = (isWanted: (id: string) => boolean) =>
      receiver.requests
        .filter(([id]) => isWanted(id))
        .map((ids) => ids.length)
        .sort((one, other) => other - one)
    expect(sizes((id) => id.startsWith('m'))).toEqual([50, 50, 20])
    expect(sizes((id) => !id.startsWith('m'))).toEqual([2, 1])
  })

  test.each(['Unbatched', 'Alone'])(
    'batches hold a single event if the mapping or the action does not batch: %s',
    async (name) => {
      await start(allFine)
      pipeline.accept(events(name, 'a', 'b'))
      await pipeline.drain()

      expect(receiver.requests.sort()).toEqual([['a'], ['b']])
      expect(pipeline.deliveries().sort(byMessageId)).toEqual(
        ['a', 'b'].map((messageId) => ({
          event: labeled(messageId, name),
          mapping: name,
          status: 200,
          ok: true,
          attempts: 1,
          stage: 'delivered',
          message: '',
          payload: { id: messageId, enable_batching: name === 'Alone' },
          sent: [messageId]
        }))
      )
    }
  )

  test('batches are sent when they have waited long enough', async () => {
    const { reported } = await startAndCount(2, allFine, FAST)
    pipeline.accept(events('Batched', 'a', 'b'))
    await reported
    expect(receiver.requests).toEqual([['a', 'b']])
  })

  test('batches are sent at once when they are full', async () => {
    const { reported } = await startAndCount(2, allFine, PATIENT)
    pipeline.accept(events('In Twos', 'a', 'b'))
    await reported
    expect(receiver.requests).toEqual([['a', 'b']])
  })

  test.each(['Batched', 'Unbatched'])('batches do not fail because of one invalid event: %s', async (name) => {
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

describe('an event that failed', () => {
  test('an event that failed is tried again with the same ids', async () => {
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

  test('an event that failed is tried again alone if the others of its batch were delivered', async () => {
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

  test('an event that failed is given up after five attempts', async () => {
    await start(() => 503)
    pipeline.accept(events('Batched', 'a'))
    await pipeline.drain()

    expect(receiver.requests).toEqual([['a'], ['a'], ['a'], ['a'], ['a']])
    expect(pipeline.deliveries()).toMatchObject([
      {
        status: 503,
        ok: false,
        attempts: 5,
        message: 'Service Unavailable (This was the last of 5 attempts here. Segment makes more.)'
      }
    ])
  })

  test.each(['Batched', 'Unbatched'])('counts as a 500 and is tried again if there was no answer: %s', async (name) => {
    await start((ids, turn) => (turn < 2 ? 'cut' : allFine(ids)))
    pipeline.accept(events(name, 'a'))
    await pipeline.drain()
    expect(results()).toEqual([['a', name === 'Batched' ? 204 : 200, 3, true]])
  })

  test.each([408, 423, 429, 500, 502, 503, 504])('an event that failed is tried again after a %d', async (status) => {
    await start((ids, turn) => (turn === 0 ? [status] : allFine(ids)))
    pipeline.accept(events('Batched', 'a'))
    await pipeline.drain()
    expect(results()).toEqual([['a', 204, 2, true]])
  })

  test.each([400, 401, 404, 409, 422, 501])('an event that failed is not tried again after a %d', async (status) => {
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

  test('says so if the settings are invalid', async () => {
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
  test('waits for requests that are under way, for retries, and for events that come in meanwhile', async () => {
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
  test('drops waiting events, retries and deliveries, and switches all mappings on', async () => {
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
        report: ({ event }) => reports.push(event!.messageId)
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

  test('waits for a request that is under way and does not report it', async () => {
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

describe('an event that reaches no mapping', () => {
  test('an event that reaches no mapping is reported when no mapping takes it', async () => {
    await start(allFine)
    pipeline.accept(events('Cart Viewed', 'a'))
    expect(pipeline.deliveries()).toEqual([
      {
        event: labeled('a', 'Cart Viewed'),
        mapping: null,
        status: 200,
        ok: true,
        attempts: 0,
        stage: 'filtered',
        message: 'No mapping that is switched on takes "Cart Viewed".'
      }
    ])
  })

  test('an event that reaches no mapping is reported when its mapping is switched off', async () => {
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
  ])(
    'an event that reaches no mapping is reported when its integrations exclude the destination: %j',
    async (integrations, isDelivered) => {
      await start(allFine)
      const [event] = events('Batched', 'a')
      pipeline.accept([{ ...event, integrations }])
      await pipeline.drain()
      const message = isDelivered ? '' : 'The "integrations" of "Batched" keep it from Receiver.'
      expect(pipeline.deliveries()).toMatchObject([{ ok: true, message }])
      expect(receiver.requests).toHaveLength(isDelivered ? 1 : 0)
    }
  )

  test('an event that reaches no mapping is reported when a destination filter drops it, and onSettled gets every event as it came in', async () => {
    const settled: unknown[] = []
    receiver = await startReceiver(allFine)
    pipeline = createPipeline({
      definition,
      settings: { url: receiver.url },
      timing: PATIENT,
      filters: [
        { title: 'No b', if: 'messageId = "b"', actions: [{ type: 'DROP' }] },
        { if: 'type = "track"', actions: [{ type: 'DROP_PROPERTIES', fields: { properties: ['count'] } }] }
      ],
      onSettled: (event, deliveries) => settled.push([event, deliveries.length])
    })
    const [a, b] = events('Batched', 'a', 'b').map((event) => ({ ...event, properties: { count: 3 } }))
    pipeline.accept([a, b])
    await pipeline.drain()
    expect(pipeline.deliveries()).toMatchObject([
      { mapping: null, stage: 'filtered', message: 'Filtered "Batched". The filter "No b" drops it.' },
      { mapping: 'Batched', payload: { id: 'a', enable_batching: true } }
    ])
    expect(pipeline.deliveries()[1].payload).not.toHaveProperty('count')
    expect(settled).toEqual([
      [b, 0],
      [a, 1]
    ])
  })

  test('an event that reaches no mapping is reported when Segment refuses it', async () => {
    await start(allFine)
    const event = { messageId: 'a', type: 'track', name: '' }
    pipeline.accept([], [{ event, message: 'Segment refuses batch[0].' }])
    expect(pipeline.deliveries()).toEqual([
      {
        event,
        mapping: null,
        status: 400,
        ok: false,
        stage: 'failed on ingest',
        attempts: 0,
        message: 'Segment refuses batch[0].'
      }
    ])
  })

  test('an event that reaches no mapping is reported without a label when its whole request was refused', async () => {
    await start(allFine)
    pipeline.refuse(413, 'The body is too large.')
    expect(pipeline.deliveries()).toEqual([
      {
        event: null,
        mapping: null,
        status: 413,
        ok: false,
        stage: 'failed on ingest',
        attempts: 0,
        message: 'The body is too large.'
      }
    ])
  })
})

describe('four batches of a mapping', () => {
  /** Answers when it is told to. */
  function startHeld() {
    const releases: (() => void)[] = []
    const started = start(async (ids) => {
      await new Promise<void>((resolve) => releases.push(resolve))
      return allFine(ids)
    })
    return { started, releases }
  }

  async function until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  test('four batches of a mapping run at once, and no more', async () => {
    const { started, releases } = startHeld()
    await started
    pipeline.accept(events('In Twos', ...Array.from({ length: 12 }, (_, index) => `m${index}`)))
    await until(() => releases.length === 4)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(receiver.requests).toHaveLength(4)

    releases.shift()?.()
    await until(() => receiver.requests.length === 5)
    const drained = pipeline.drain()
    const timer = setInterval(() => {
      releases.splice(0).forEach((release) => {
        release()
      })
    }, 5)
    await drained
    clearInterval(timer)
    expect(receiver.requests).toHaveLength(6)
  })

  test('four batches of all mappings run at once, and no more, and the mappings take turns', async () => {
    const { started, releases } = startHeld()
    await started
    const ids = Array.from({ length: 12 }, (_, index) => `m${index}`)
    pipeline.accept([...events('In Twos', ...ids), ...events('Alone', ...ids.map((id) => `alone-${id}`))])
    await until(() => releases.length === 4)
    const drained = pipeline.drain()
    for (let answered = 0; answered < 18; answered += 1) {
      await until(() => releases.length > 0)
      expect(receiver.requests.length - answered).toBeLessThanOrEqual(4)
      releases.shift()?.()
    }
    await drained
    expect(pipeline.counts()).toMatchObject({ delivered: 24 })
    const firstAlone = receiver.requests.findIndex(([id]) => id.startsWith('alone'))
    expect(firstAlone).toBeLessThan(6)
  })

  test('four batches of a mapping do not wait for the one whose answer is slow', async () => {
    const { started, releases } = startHeld()
    await started
    pipeline.accept(events('In Twos', 'slow', 'slow too'))
    await until(() => releases.length === 1)
    const [releaseSlow] = releases.splice(0)
    pipeline.accept(events('In Twos', 'a', 'b', 'c', 'd'))
    await until(() => releases.length === 2)
    releases.splice(0).forEach((release) => {
      release()
    })
    await until(() => pipeline.deliveries().length === 4)
    expect(pipeline.deliveries().map(({ event }) => event?.messageId)).not.toContain('slow')
    releaseSlow()
    await pipeline.drain()
    expect(pipeline.deliveries()).toHaveLength(6)
  })
})

describe('an event that will be tried again', () => {
  test('an event that will be tried again is listed after the settled ones, is counted, and is in no report', async () => {
    const reports: Delivery[] = []
    await start((ids) => ids.map((id) => (id === 'b' ? 503 : 204)), {
      timing: { ...PATIENT, backOff: 60_000, random: () => 0.5 },
      report: (delivery) => reports.push(delivery)
    })
    pipeline.accept(events('In Twos', 'a', 'b'))
    while (pipeline.counts().pendingRetry === 0) await new Promise((resolve) => setTimeout(resolve, 5))

    expect(pipeline.deliveries()).toMatchObject([
      { event: { messageId: 'a' }, stage: 'delivered', ok: true },
      {
        event: { messageId: 'b' },
        stage: 'pending retry',
        ok: false,
        status: 503,
        attempts: 1,
        message: 'b was refused'
      }
    ])
    expect(reports).toHaveLength(1)
    const { count, nextTryAt } = pipeline.pending()
    expect(count).toBe(1)
    expect(nextTryAt! - Date.now()).toBeGreaterThan(25_000)
    expect(nextTryAt! - Date.now()).toBeLessThanOrEqual(30_000)
  })
})

test('the counts say how many events reached each stage', async () => {
  await start((ids) => ids.map((id) => (id === 'bad' ? 400 : 204)))
  pipeline.accept([...events('Batched', 'a', 'b', 'bad', 'a'), ...events('Cart Viewed', 'c')])
  pipeline.accept([], [{ event: labeled('d', ''), message: 'no' }])
  pipeline.refuse(400, 'no')
  await pipeline.drain()
  expect(pipeline.counts()).toEqual({
    received: 7,
    failedOnIngest: 2,
    filtered: 2,
    pendingRetry: 0,
    failed: 1,
    delivered: 2
  })
  await pipeline.forget()
  expect(pipeline.counts().received).toBe(0)
})

test('senders wait while 2,000 events wait, and are then let in one after another', async () => {
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  await start(async (ids) => {
    await held
    return allFine(ids)
  })
  await pipeline.waitForSpace()
  pipeline.accept(events('Batched', ...Array.from({ length: 2_200 }, (_, index) => `m${index}`)))
  const entered: string[] = []
  const enter = async (name: string) => {
    await pipeline.waitForSpace()
    entered.push(name)
  }
  const all = ['first', 'second', 'third'].map(enter)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(entered).toEqual([])
  release()
  await Promise.all(all)
  expect(entered).toEqual(['first', 'second', 'third'])
})

describe('the payload of an event', () => {
  test('the payload of an event is known for each event of a batch, even next to an invalid one', async () => {
    await start(allFine)
    const [a, b, c] = events('Batched', 'a', 'b', 'c')
    pipeline.accept([
      { ...a, properties: { count: 1 } },
      { ...b, properties: { count: 'many' } },
      { ...c, properties: { count: 3 } }
    ])
    await pipeline.drain()
    expect(pipeline.deliveries().map(({ event, payload }) => [event?.messageId, payload])).toEqual([
      ['a', { id: 'a', count: 1, enable_batching: true }],
      ['b', undefined],
      ['c', { id: 'c', count: 3, enable_batching: true }]
    ])
  })

  test('the payload of an event is known when the request fails', async () => {
    await start(() => 400)
    pipeline.accept(events('Batched', 'a'))
    pipeline.accept(events('Unbatched', 'b'))
    await pipeline.drain()
    expect(
      pipeline
        .deliveries()
        .sort(byMessageId)
        .map(({ payload }) => payload)
    ).toEqual([
      { id: 'a', enable_batching: true },
      { id: 'b', enable_batching: false }
    ])
  })
})

test('the newest 10,000 deliveries are kept', async () => {
  await start(allFine)
  const [event] = events('Cart Viewed', 'a')
  pipeline.accept(Array.from({ length: 10_001 }, (_, index) => ({ ...event, messageId: `m${index}` })))
  const kept = pipeline.deliveries()
  expect([kept.length, kept[0].event?.messageId, kept.at(-1)?.event?.messageId]).toEqual([10_000, 'm1', 'm10000'])
  expect(pipeline.dropped()).toBe(1)
})

test('an unknown name switches no mapping', async () => {
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
