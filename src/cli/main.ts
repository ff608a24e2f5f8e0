#!/usr/bin/env node
/**
 * The program of the package, and of `npm start`, `npm run preflight` and `npm run replay` in a clone. It may import the
 * commands of the workbench and of the archive, and `installation`.
 */
import { version } from '../../package.json'
import { type CommandName, programLine } from '../core'

/** Each command loads only its own code. It gets its arguments, and returns the exit code. */
const COMMANDS: Record<CommandName, (args: string[]) => Promise<number>> = {
  start: async (args) => (await import('../workbench/main')).startCommand(args),
  preflight: async (args) => (await import('../archive/preflight/main')).preflightCommand(args),
  replay: async (args) => (await import('../archive/replay/main')).replayCommand(args)
}

const HELP = `Usage: ${programLine()} COMMAND [options]

  start              starts the workbench, which takes the place of Segment and Topsort on this machine
  preflight PATH...  says what a Segment archive would become at Topsort. Sends nothing
  replay PATH...     delivers a Segment archive to Topsort

  --help             shows this help. After a command, shows the help of the command
  --version          shows the version`

/** The exit code if the command is not right. */
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
  if (isCommand(name)) return COMMANDS[name](args)
  const problem = name === undefined ? 'A command is missing.' : `There is no command "${name}".`
  console.error(`${problem} The commands are ${Object.keys(COMMANDS).join(', ')}. For help: ${programLine()} --help`)
  return MISUSE
}

function isCommand(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(COMMANDS, name)
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
