/** The command `start`: `npm start`, or `TOPSORT_API_KEY=... npm start -- --live`. */
import { collectEarly, commandLine, InputError } from '../core'
import { type Finding, findingLine } from '../checks'
import type { Delivery, Pipeline } from '../pipeline'
import type { Sandbox } from '../sandbox'
import { type Arguments, DEFAULT_PORT, HELP, readArguments } from './arguments'
import { deliveryLine } from './log'
import { openInBrowser, toLink } from './open-in-browser'
import { startWorkbench, type Workbench } from './server'

type Tally = { delivered: number; failed: number }

/** A Ctrl-C under `npm start` may reach the process twice at once. Only one that comes later is a second one. Milliseconds. */
const SAME_SIGNAL = 1_000

/** How often the state is printed while the workbench waits for pending events. Milliseconds. */
const REPEAT = 5_000

/** Starts the workbench. Resolves with the exit code once it is started, or has failed to. */
export async function startCommand(args: string[]): Promise<number> {
  try {
    const read = readArguments(args, process.env)
    if (read === 'help') console.log(HELP)
    else await start(read)
    return 0
  } catch (error) {
    console.error(error instanceof InputError ? error.message : error)
    return 1
  }
}

async function start({ calls, openBrowser, ...options }: Arguments): Promise<void> {
  collectEarly()
  const { port, keep, topsort } = options
  const tally: Tally = { delivered: 0, failed: 0 }
  const color = process.stdout.isTTY && process.stdout.hasColors()
  let saidDropped = false

  const report = (delivery: Delivery): void => {
    if (!delivery.ok) tally.failed += 1
    else if (delivery.mapping !== null) tally.delivered += 1
    console.log(deliveryLine(delivery, color))
    if (!saidDropped && dropsAnything(workbench)) {
      saidDropped = true
      console.log(
        `From now on, only the newest ${keep} are kept. To keep more: ${commandLine('start', `--keep ${keep * 10}`)}`
      )
    }
  }

  const tell = (finding: Finding): void => {
    console.log(findingLine(finding))
  }

  const workbench = await startWorkbench({ ...options, report, tell, log: console.error }).catch((error: unknown) => {
    throw explainStart(error, port)
  })
  stopOnSignal(workbench, tally)
  if (calls) workbench.takeCalls(calls)
  if (openBrowser) openInBrowser(workbench.url, console.log)
  console.log(welcome(workbench, topsort !== undefined, color))
}

function dropsAnything({ pipeline, sandbox }: Workbench): boolean {
  return pipeline.dropped() > 0 || Object.values(sandbox?.dropped() ?? {}).some((count) => count > 0)
}

/** Explains errors about the port and the state. Passes on all others. */
function explainStart(error: unknown, port: number): unknown {
  if (error instanceof InputError) return new InputError(`--open: ${error.message}`)
  const { syscall, code = '' } = error as NodeJS.ErrnoException
  if (syscall !== 'listen') return error
  const problem = code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${code})`
  const another = port < 65_535 ? port + 1 : DEFAULT_PORT
  return new InputError(`Port ${port} ${problem}. Choose another: PORT=${another} ${commandLine('start')}`)
}

function welcome({ url, sandbox }: Workbench, canSend: boolean, isTerminal: boolean): string {
  return [
    `The workbench is at ${toLink(url, isTerminal)}`,
    ...(sandbox ? describeSandbox(sandbox, canSend) : ['LIVE: events go to Topsort itself, and are billed.']),
    '',
    `  point a Segment SDK    new Analytics({ writeKey: 'any', host: '${url}' })`,
    ...(sandbox ? [`  see what is stored     curl '${url}/workbench/ledger?wait'`] : []),
    `  see each delivery      curl '${url}/workbench/deliveries?wait'`,
    `  see what goes wrong    curl '${url}/workbench/findings?wait'`,
    '  stop                   Ctrl-C',
    ''
  ].join('\n')
}

/** Says where events go, and which bids the sandbox accepts when it starts. */
function describeSandbox({ checksBids }: Sandbox, canSend: boolean): string[] {
  return [
    canSend
      ? 'Events go to a sandbox on this machine. Only what you confirm on the page reaches Topsort, with the key of TOPSORT_API_KEY.'
      : 'Events go to a sandbox on this machine. Nothing reaches Topsort.',
    checksBids()
      ? 'Bids are checked: an event needs a resolvedBidId that an auction here gave.'
      : `Bids are not checked before the first auction. To check them at once: ${commandLine('start', '--strict-bids')}`
  ]
}

/** The first signal waits for pending deliveries. The second one exits at once. */
function stopOnSignal(workbench: Workbench, tally: Tally): void {
  let stopping = false
  let insists = false

  const sayPending = (): void => {
    console.log(`${pendingLine(workbench)} Ctrl-C again drops them.`)
  }

  const stop = (): void => {
    if (insists) {
      const { count } = workbench.pipeline.pending()
      console.log(`Stopped. ${tally.delivered} delivered, ${tally.failed} failed, ${count} dropped.`)
      process.exit(130)
    }
    if (stopping) return
    stopping = true

    setTimeout(() => {
      insists = true
      sayPending()
      setInterval(sayPending, REPEAT)
    }, SAME_SIGNAL)

    void workbench.stop().then(() => {
      console.log(`Stopped. ${tally.delivered} delivered, ${tally.failed} failed.`)
      process.exit(0)
    })
  }

  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.on('SIGHUP', stop)
}

/** Writes what the workbench waits for, for example `2 events are pending. The next attempt is in 4 s.` */
export function pendingLine({ pipeline }: { pipeline: Pick<Pipeline, 'pending'> }): string {
  const { count, nextTryAt } = pipeline.pending()
  const events = count === 1 ? '1 event is pending.' : `${count} events are pending.`
  if (nextTryAt === undefined) return `${events} Waiting for an answer.`
  const seconds = Math.ceil((nextTryAt - Date.now()) / 1_000)
  return seconds > 0 ? `${events} The next attempt is in ${seconds} s.` : `${events} The next attempt is under way.`
}
