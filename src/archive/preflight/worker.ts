/** Reads a part of an archive in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import { InputError } from '../../core'
import type { Part } from './parts'
import { runPart, type PartOptions, type PartResult } from './run-part'

/** The input of a worker. */
export type WorkerInput = { part: Part; options: PartOptions }

/** A message of a worker. */
export type WorkerMessage =
  | { kind: 'progress'; bytes: number; events: number }
  | { kind: 'done'; result: PartResult }
  /** `isInput` is true if the user can correct the cause. */
  | { kind: 'failed'; message: string; isInput: boolean }

/** A message for each batch would keep the main thread busy. Milliseconds. */
const INTERVAL = 200

async function work({ part, options }: WorkerInput): Promise<void> {
  let told = Date.now()
  let [bytes, events] = [0, 0]
  const result = await runPart(part, options, (moreBytes, moreEvents) => {
    bytes += moreBytes
    events += moreEvents
    if (Date.now() - told < INTERVAL) return
    post({ kind: 'progress', bytes, events })
    told = Date.now()
    ;[bytes, events] = [0, 0]
  })
  post({ kind: 'progress', bytes, events })
  post({ kind: 'done', result }, buffersOf(result))
}

/** @param moved buffers that the other thread gets without a copy */
function post(message: WorkerMessage, moved: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, moved)
}

/** Returns the large parts of a result. */
function buffersOf({ clicks: { users, pairs } }: PartResult): ArrayBuffer[] {
  return [...users.chunks, ...pairs.chunks].map(({ buffer }) => buffer as ArrayBuffer)
}

work(workerData as WorkerInput).catch((error: unknown) => {
  const { stack = String(error), message } = error as Error
  post(
    error instanceof InputError
      ? { kind: 'failed', message, isInput: true }
      : { kind: 'failed', message: stack, isInput: false }
  )
})
