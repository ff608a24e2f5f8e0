import { once } from 'node:events'
import http from 'node:http'
import type { IncomingMessage } from 'node:http'
import topsort from '../src/destinations/topsort'
import { createPipeline, readMessages } from '../src/pipeline'
import type { TakenEvent } from '../src/pipeline'
import { startWorkbench } from '../src/workbench/server'
import { createClicks, settings } from './clicks'
import { compare, measureTime } from './rounds'
import { withStandIn } from './stand-in'
import type { Row } from './table'

const EVENTS = 5_000
const EVENTS_IN_A_REQUEST = 100
const CONNECTIONS = 10
const ROUNDS = 5

/**
 * Measures the workbench from end to end: events per second from the requests of an SDK to the ledger of the sandbox.
 * Compares it with the pipeline alone, which gets the same events as objects and delivers them to a server that accepts
 * everything. The difference is the cost of HTTP, JSON, the sandbox and the checks.
 */
export async function measureWorkbench(): Promise<Row> {
  let round = 0
  const { first, second, ratio } = await compare(
    ROUNDS,
    async () => toRate(await runWorkbench((round += 1))),
    async () => toRate(await withStandIn(0, () => runPipeline(round)))
  )
  return {
    name: 'events per second of the workbench',
    measured: `${first.toFixed(0)} from request to ledger`,
    against: `${second.toFixed(0)} in the pipeline alone`,
    ratio,
    target: 'at least 0.5'
  }
}

async function runWorkbench(round: number): Promise<number> {
  const workbench = await startWorkbench({ port: 0, log: console.error, keep: EVENTS })
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const bodies = splitIntoRequests(createRound(round)).map((batch) => JSON.stringify({ batch }))
  const time = await measureTime(async () => {
    await Promise.all(bodies.map((body) => post(workbench.port, agent, body)))
    await workbench.pipeline.drain()
  })
  const { delivered } = workbench.pipeline.counts()
  const stored = workbench.sandbox?.ledger().clicks.length
  agent.destroy()
  await workbench.stop()
  if (delivered !== EVENTS || stored !== EVENTS) {
    throw new Error(`Of ${EVENTS} events, ${delivered} were delivered and ${stored ?? 0} stored.`)
  }
  return time
}

async function runPipeline(round: number): Promise<number> {
  const pipeline = createPipeline({ definition: topsort, settings, keep: EVENTS })
  const batches = splitIntoRequests(createRound(round)).map((batch): TakenEvent[] => {
    return readMessages('batch', { batch }, new Date()).events
  })
  const time = await measureTime(async () => {
    for (const batch of batches) pipeline.accept(batch)
    await pipeline.drain()
  })
  const { delivered } = pipeline.counts()
  if (delivered !== EVENTS) throw new Error(`Of ${EVENTS} events, ${delivered} were delivered.`)
  return time
}

/** Creates clicks with ids that no other round has. */
function createRound(round: number): object[] {
  return createClicks(EVENTS).map((click) => ({ ...click, messageId: `${round}-${String(click.messageId)}` }))
}

function splitIntoRequests(events: object[]): object[][] {
  return Array.from({ length: EVENTS / EVENTS_IN_A_REQUEST }, (_, index) =>
    events.slice(index * EVENTS_IN_A_REQUEST, (index + 1) * EVENTS_IN_A_REQUEST)
  )
}

async function post(port: number, agent: http.Agent, body: string): Promise<void> {
  const request = http.request({ port, host: '127.0.0.1', path: '/v1/batch', method: 'POST', agent })
  request.end(body)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.resume()
  await once(response, 'end')
  if (response.statusCode !== 200) throw new Error(`The workbench answered ${response.statusCode ?? 0}.`)
}

function toRate(milliseconds: number): number {
  return (EVENTS / milliseconds) * 1_000
}
