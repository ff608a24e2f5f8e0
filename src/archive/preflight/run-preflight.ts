import { Worker } from 'node:worker_threads'
import { InputError } from '../../core'
import { startProgress } from '../progress'
import { listSources, type Source } from '../read'
import type { Arguments } from './arguments'
import { joinParts } from './join-parts'
import { splitIntoParts } from './parts'
import type { Report } from './report'
import { runPart, type PartOptions, type PartResult } from './run-part'
import type { WorkerInput, WorkerMessage } from './worker'

type OnProgress = (bytes: number, events: number) => void

/** Reads an archive, and says what it would become. @throws InputError if it cannot be read at all */
export async function runPreflight(args: Arguments): Promise<Report> {
  const { mappingsFile, filtersFile, selection, asSegmentReplay } = args
  const options: PartOptions = { mappingsFile, filtersFile, selection, asSegmentReplay }
  const sources = await listSources(args.inputs, { endpoint: args.endpoint })
  const parts = splitIntoParts(sources, args.workers)
  if (parts.length < args.workers) {
    const files = parts.length === 1 ? 'one part' : `${parts.length} parts`
    console.error(`The archive is read in ${files} only, because it has no more days.`)
  }

  const progress = startProgress({ total: sizeOf(sources) })
  let [bytes, events] = [0, 0]
  const onProgress: OnProgress = (moreBytes, moreEvents) => {
    bytes += moreBytes
    events += moreEvents
    progress.update(bytes, events)
  }
  const [first, ...others] = parts
  const workers = others.map((part) => startWorker({ part, options }))
  try {
    // This thread reads the first part, because each further thread takes memory and time to start.
    const results = await Promise.all([
      runPart(first, options, onProgress),
      ...workers.map((worker) => listenTo(worker, onProgress))
    ])
    const report = joinParts(results)
    report.input.files = sources.length
    checkRead(report)
    return report
  } finally {
    progress.stop()
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

/** Returns the result of a worker. */
function listenTo(worker: Worker, onProgress: OnProgress): Promise<PartResult> {
  return new Promise<PartResult>((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') onProgress(message.bytes, message.events)
      if (message.kind === 'done') resolve(message.result)
      if (message.kind === 'failed') {
        reject(message.isInput ? new InputError(message.message) : new Error(message.message))
      }
    })
    worker.on('error', reject)
    worker.on('exit', (code) => {
      reject(new Error(`A worker ended with the code ${code} before it was done. It may have run out of memory.`))
    })
  })
}

/** How many megabytes the new objects of a thread may take. The default is three times as much, and hardly faster. */
const YOUNG_MEGABYTES = 16

/** A thread of Node 20 starts with JavaScript only. So TypeScript, if this was not compiled, is loaded by the first line. */
function startWorker(workerData: WorkerInput): Worker {
  const file = require.resolve('./worker')
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MEGABYTES }
  if (!file.endsWith('.ts')) return new Worker(file, { workerData, resourceLimits })
  const start = `require('tsx/cjs'); require(${JSON.stringify(file)})`
  return new Worker(start, { workerData, resourceLimits, eval: true, execArgv: [] })
}

/** @throws InputError if not a single event could be read */
function checkRead({ input, unreadable }: Report): void {
  if (input.events > 0 || input.unreadable === 0) return
  const [{ message, samples }] = unreadable
  throw new InputError(`No event could be read. ${samples[0].place}: ${message}`)
}

/** Standard input has no size that is known before. */
function sizeOf(sources: readonly Source[]): number {
  return sources.every((source) => 'size' in source) ? sources.reduce((sum, source) => sum + source.size, 0) : 0
}
