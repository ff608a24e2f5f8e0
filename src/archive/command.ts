import { writeFile } from 'node:fs/promises'
import { collectEarly, type CommandName, commandLine, InputError } from '../core'
import { runGuarded } from './guard'

/** The exit code if the command is not right, or if nothing can be read. */
const MISUSE = 2

/** Runs a command that only reads an archive. Returns the exit code. @param run returns the exit code */
export async function runCommand(name: CommandName, run: () => Promise<number>): Promise<number> {
  try {
    return await runGuarded(name, () => {
      collectEarly()
      return run()
    })
  } catch (error) {
    // Whoever reads the output, such as `head`, may have seen enough.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return 0
    console.error(error instanceof InputError ? `${error.message}\n\nFor help: ${commandLine(name, '--help')}` : error)
    return MISUSE
  }
}

/** Writes a file that an option names. @throws InputError if it cannot be written */
export async function writeText(option: string, file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: unknown) => {
    throw new InputError(`${option} ${file} cannot be written: ${(error as Error).message}.`)
  })
}

/** A pipe may take less at once than a report has, and must get all of it before the process ends. Its reader may stop. */
export async function print(text: string): Promise<void> {
  await new Promise<void>((resolve) => {
    process.stdout.write(`${text}\n`, () => {
      resolve()
    })
  })
}
