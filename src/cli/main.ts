#!/usr/bin/env node
/**
 * The program of the package, and of `npm start`, `npm run preflight`, `npm run suggest` and `npm run replay` in a clone. It may import the
 * commands of the workbench and of the archive, and `core`.
 */
import { version } from '../../package.json'
import { type CommandName, programLine, surviveOutputErrors, toColumns } from '../core'

type Command = {
  /** How it is called, after the name of the program. */
  usage: string
  does: string
  /** Gets the arguments of the command, and returns the exit code. */
  run: (args: string[]) => Promise<number>
}

/** Each command loads only its own code. */
const COMMANDS: Record<CommandName, Command> = {
  start: {
    usage: 'start',
    does: 'starts the workbench, which takes the place of Segment and Topsort on this machine',
    run: async (args) => (await import('../workbench/main')).startCommand(args)
  },
  preflight: {
    usage: 'preflight PATH...',
    does: 'says what a Segment archive would become at Topsort. Sends nothing',
    run: async (args) => (await import('../archive/preflight/main')).preflightCommand(args)
  },
  suggest: {
    usage: 'suggest PATH...',
    does: 'proposes mappings for the events of a Segment archive, and tries them. Sends nothing',
    run: async (args) => (await import('../archive/suggest/main')).suggestCommand(args)
  },
  replay: {
    usage: 'replay PATH...',
    does: 'delivers a Segment archive to Topsort',
    run: async (args) => (await import('../archive/replay/main')).replayCommand(args)
  }
}

const HELP = `Usage: ${programLine()} COMMAND [options]

${toColumns([
  ...Object.values(COMMANDS).map(({ usage, does }) => [usage, does] as const),
  ['--help', 'shows this help. After a command, shows the help of the command'],
  ['--version', 'shows the version']
])}`

/** The exit code of an invalid command line. */
const MISUSE = 2

async function main(argv: string[]): Promise<number> {
  const [name, ...args] = argv as [string?, ...string[]]
  if (name === '--version' || name === '-v') {
    console.log(version)
    return 0
  }
  if (name === '--help' || name === '-h') {
    console.log(HELP)
    return 0
  }
  if (isCommand(name)) return COMMANDS[name].run(args)
  const problem = name === undefined ? 'A command is missing.' : `There is no command "${name}".`
  console.error(`${problem} The commands are ${Object.keys(COMMANDS).join(', ')}. For help: ${programLine()} --help`)
  return MISUSE
}

function isCommand(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(COMMANDS, name)
}

surviveOutputErrors()
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
