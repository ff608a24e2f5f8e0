/** Tests answers that are late or incomplete. */
import { Hono } from 'hono'
import type { SandboxApp } from '../../src/sandbox'
import { clicks } from '../support/clicks'
import { subscribe } from '../support/segment'
import { serveSandbox } from '../support/served-sandbox'

/** In milliseconds. The framework waits ten seconds for the head of an answer, and ten for its body. */
const LONGER_THAN_THE_FRAMEWORK_WAITS = 10_500

/** Makes the sandbox send only the head and a part of the body of one answer. */
function stallBody(app: SandboxApp, request: number): SandboxApp {
  const startOfBody = (body: ReadableStreamDefaultController): void => {
    body.enqueue(Buffer.from('{'))
  }
  let requests = 0
  const stalling: SandboxApp = new Hono()
  stalling.use(async (c, next) => {
    const isStalled = ++requests === request
    await next()
    if (isStalled) c.res = new Response(new ReadableStream({ start: startOfBody }))
  })
  stalling.route('/', app)
  return stalling
}

test('a late or incomplete answer is a time-out for the events of its request only, and Segment retries them', async () => {
  const sandbox = await serveSandbox((app) => stallBody(app, 3))
  sandbox.script([
    { status: 204, times: 1, delay: LONGER_THAN_THE_FRAMEWORK_WAITS },
    // The framework does not notice that the body is incomplete, so it waits for the rest.
    { status: 204, times: 1, cut: 'during' }
  ])
  const results = await subscribe('Click').onBatch(clicks(200))
  await sandbox.close()

  const statuses = results.map(({ status }) => status)
  const requests = [0, 50, 100, 150].map((start) => new Set(statuses.slice(start, start + 50)))
  expect(requests.map((statuses) => [...statuses]).sort()).toEqual([[204], [408], [408], [408]])

  const late = results.filter(({ status }) => status === 408)
  expect(new Set(late.map((result) => 'errormessage' in result && result.errormessage))).toEqual(
    new Set([
      'Topsort did not answer in time, so it is not known whether this click arrived. Segment tries again for about four hours.'
    ])
  )
}, 60_000)
