/** Starts the workbench from a terminal: `npm start`, or `TOPSORT_API_KEY=... npm start -- --live`. */
import { parseArgs } from 'node:util'
import type { Delivery } from '../pipeline'
import { deliveryLine } from './log'
import { startWorkbench } from './server'
import type { Workbench } from './server'

/** What the person at the terminal has to put right. Its message is one line. */
class UsageError extends Error {}

type Arguments = { port: number; liveKey?: string }

type Tally = { delivered: number; failed: number }

const DEFAULT_PORT = '3000'

/** A Ctrl-C under `npm start` may reach the process twice at once; one that comes later than this is meant. Milliseconds. */
const SAME_SIGNAL = 1_000

async function main(): Promise<void> {
  const { port, liveKey } = readArguments(process.argv.slice(2), process.env)
  const tally: Tally = { delivered: 0, failed: 0 }
  const colour = process.stdout.isTTY && process.stdout.hasColors()

  const report = (delivery: Delivery): void => {
    if (!delivery.ok) tally.failed += 1
    else if (delivery.mapping !== null) tally.delivered += 1
    console.log(deliveryLine(delivery, colour))
  }

  const workbench = await startWorkbench({ port, liveKey, report, log: console.error }).catch((error: unknown) => {
    throw toUsageError(error, port)
  })
  stopOnSignal(workbench, tally)
  console.log(welcome(workbench))
}

/** @throws UsageError */
function readArguments(args: string[], { PORT = DEFAULT_PORT, TOPSORT_API_KEY = '' }: NodeJS.ProcessEnv): Arguments {
  const live = readLive(args)
  const port = Number(PORT)
  if (!/^\d+$/.test(PORT) || port > 65_535) {
    throw new UsageError(`PORT must be a whole number from 0 to 65535: PORT=${DEFAULT_PORT} npm start`)
  }
  if (!live) return { port }

  const liveKey = TOPSORT_API_KEY.trim()
  if (!liveKey) {
    throw new UsageError('--live needs a Marketplace API key: TOPSORT_API_KEY=TSE_... npm start -- --live')
  }
  return { port, liveKey }
}

function readLive(args: string[]): boolean {
  try {
    return parseArgs({ args, options: { live: { type: 'boolean', default: false } } }).values.live
  } catch {
    throw new UsageError('Usage: [PORT=3000] npm start, or TOPSORT_API_KEY=TSE_... npm start -- --live')
  }
}

/** Errors of listening, which the port is the reason of, in words; all others as they are. */
function toUsageError(error: unknown, port: number): unknown {
  const { syscall, code = '' } = error as NodeJS.ErrnoException
  if (syscall !== 'listen') return error
  const problem = code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${code})`
  const another = port < 65_535 ? port + 1 : DEFAULT_PORT
  return new UsageError(`Port ${port} ${problem}. Choose another: PORT=${another} npm start`)
}

function welcome({ url, sandbox }: Workbench): string {
  const see = sandbox ? [`  see what is stored     curl '${url}/workbench/ledger?wait'`] : []
  return [
    `The workbench is at ${url}`,
    sandbox
      ? 'Events go to a sandbox on this machine. Nothing reaches Topsort.'
      : 'LIVE: events go to Topsort itself, and are billed.',
    '',
    `  point a Segment SDK    new Analytics({ writeKey: 'any', host: '${url}' })`,
    ...see,
    `  see each delivery      curl '${url}/workbench/deliveries?wait'`,
    '  stop                   Ctrl-C',
    ''
  ].join('\n')
}

/** The first signal ends the workbench when everything is delivered; a second one ends it there and then. */
function stopOnSignal(workbench: Workbench, tally: Tally): void {
  let stopping = false
  let insists = false

  const stop = (): void => {
    if (insists) {
      console.log('Stopped before everything was delivered.')
      process.exit(130)
    }
    if (stopping) return
    stopping = true

    setTimeout(() => {
      insists = true
      console.log('Delivering what was taken in. Ctrl-C again drops it.')
    }, SAME_SIGNAL)

    void workbench.stop().then(() => {
      console.log(`Stopped. ${tally.delivered} delivered, ${tally.failed} failed.`)
      process.exit(0)
    })
  }

  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

main().catch((error: unknown) => {
  console.error(error instanceof UsageError ? error.message : error)
  process.exitCode = 1
})
