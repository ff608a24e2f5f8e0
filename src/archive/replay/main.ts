/** The command `replay`, which delivers a Segment archive: `npm run replay -- PATH... --to-topsort`. */
import { collectEarly, commandLine, InputError } from '../../core'
import { type OnLost, runGuarded, STOPPED } from '../command'
import { toArguments } from '../preflight/arguments'
import { type Arguments, type Command, readCommand, USAGE } from './arguments'
import { openGate } from './gate'
import { runReplay } from './run-replay'
import { StopError } from './stop'

/** The exit codes of a replay. */
const EXIT = { delivered: 0, rejected: 1, misuse: 2, stopped: STOPPED } as const

const REQUESTS_AT_ONCE = 4

/** Runs a replay, or a preflight if nothing is to be sent. Returns the exit code. */
export async function replayCommand(args: string[]): Promise<number> {
  try {
    return await run(readCommand(args, process.env))
  } catch (error) {
    if (error instanceof InputError) {
      console.error(`${error.message}\n\nFor help: ${commandLine('replay', '--help')}`)
      return EXIT.misuse
    }
    console.error(error instanceof StopError ? `The replay has stopped. ${error.message}` : error)
    console.error('Nothing is lost. To go on, run the same command with --resume.')
    return EXIT.stopped
  }
}

async function run(command: Command): Promise<number> {
  collectEarly()
  if (command.kind === 'help') {
    console.log(USAGE)
    return EXIT.delivered
  }
  if (command.kind === 'replay') return runGuarded('replay', (onLost) => replay(command, onLost))
  console.error('Nothing is sent without --to-topsort. This is a preflight.\n')
  const { runPreflightCommand } = await import('../preflight/main')
  return runPreflightCommand(() => toArguments(command.parsed))
}

async function replay(args: Arguments, onLost: OnLost): Promise<number> {
  const gate = openGate({ rate: args.rate, atOnce: REQUESTS_AT_ONCE })
  const stop = (): void => {
    if (gate.closedBy()) process.exit(EXIT.stopped)
    console.error('\nStopping when the requests that are under way have ended. Ctrl-C again stops at once.')
    gate.close(new StopError('It was interrupted.'))
  }
  const rejected = await runReplay(args, {
    terminal: { input: process.stdin, output: process.stderr },
    print: (line) => {
      console.log(line)
    },
    log: (line) => {
      console.error(line)
    },
    gate,
    onLost,
    onSending() {
      process.on('SIGINT', stop)
      process.on('SIGTERM', stop)
      process.on('SIGHUP', stop)
    }
  })
  return rejected > 0 ? EXIT.rejected : EXIT.delivered
}
