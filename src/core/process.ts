import { setFlagsFromString } from 'node:v8'

/**
 * Lets this process collect garbage when its heap has doubled. By default, V8 lets the heap grow to several times its
 * used size, so a large archive, or a workbench that runs for a day, would take twice the memory.
 */
export function collectEarly(): void {
  setFlagsFromString('--heap-growing-percent=100')
}

/**
 * Keeps a command running when its output cannot be written. By default, Node ends a process whose output goes to
 * `head -1`, to a full disk or to a terminal that was closed. Further output is dropped.
 */
export function surviveOutputErrors(): void {
  let isTold = false
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    // A reader that has read enough is no problem.
    if (isTold || code === 'EPIPE') return
    isTold = true
    console.error(`The output cannot be written (${code ?? 'unknown error'}). The command goes on without it.`)
  })
  process.stderr.on('error', () => undefined)
}
