import { readFile, writeFile } from 'node:fs/promises'
import { collectEarly, commandLine, type CommandName, InputError } from '../core'
import { filesBeingRead } from './read'

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

/** Reads a text file. @param name names it in the message: `--mappings FILE` @throws InputError if it cannot be read */
export async function readText(file: string, name = file): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new InputError(`${name} cannot be read: ${(error as Error).message}.`)
  })
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

/** The exit code of a command that has stopped before it was done. */
export const STOPPED = 3

/** Adds what must be done before the process ends early, such as releasing a lock. */
export type OnLost = (cleanUp: () => Promise<void>) => void

/**
 * Runs a command, so that it never ends without a word. A process exits silently when it waits only for a promise that
 * nothing will settle, such as that of a stream that has gone wrong. Then this says so on standard error, cleans up, and
 * exits with 3.
 *
 * @param name the name of the command for people, such as `preflight`
 * @param run returns the exit code
 */
export async function runGuarded(name: string, run: (onLost: OnLost) => Promise<number>): Promise<number> {
  const cleanUps: (() => Promise<void>)[] = []
  const onLost = (): void => {
    console.error(describeLoss(name, filesBeingRead()))
    void Promise.allSettled(cleanUps.map((cleanUp) => cleanUp())).then(() => process.exit(STOPPED))
  }
  process.once('beforeExit', onLost)
  try {
    return await run((cleanUp) => cleanUps.push(cleanUp))
  } finally {
    process.off('beforeExit', onLost)
  }
}

function describeLoss(name: string, files: readonly string[]): string {
  return files.length === 0
    ? `The ${name} stopped before it was done, because it waited for something that never came: run it again.`
    : `The ${name} stopped before it was done, because reading ${files.join(', ')} never ended: check this file, and run it again.`
}
