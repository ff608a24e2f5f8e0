import { filesBeingRead } from './read'

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
