/**
 * Reads an archive in one of several ways, and tells the parent how long it took and the most memory that was in use. A
 * process of its own, so that no measurement has another's past.
 */
import { runPreflight } from '../src/archive/preflight/run-preflight'
import { readArguments } from '../src/archive/preflight/arguments'
import { listSources, readArchive } from '../src/archive/read'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { setFlagsFromString } from 'node:v8'

/** What is measured: decompression and `JSON.parse` alone, the reader, or preflight. */
export type Way = 'parse' | 'read' | 'preflight'

export type Measurement = { events: number; milliseconds: number; megabytes: number }

const CHUNK_BYTES = 256 * 1024

/** Decompresses and parses all lines, and does nothing else. */
async function parse(folder: string): Promise<number> {
  let events = 0
  for (const source of await listSources([folder])) {
    if (source.kind !== 'file') continue
    let rest = ''
    const stream = createReadStream(source.path).pipe(createGunzip({ chunkSize: CHUNK_BYTES }))
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const lines = (rest + chunk.toString('utf8')).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        JSON.parse(line)
        events += 1
      }
    }
  }
  return events
}

async function read(folder: string): Promise<number> {
  let events = 0
  for await (const { records } of readArchive([folder])) events += records.length
  return events
}

async function preflight(folder: string, args: string[]): Promise<number> {
  const parsed = readArguments([folder, ...args])
  if (parsed === 'help') throw new Error('No archive')
  return (await runPreflight(parsed)).input.events
}

async function measure([way, folder, ...args]: string[]): Promise<Measurement> {
  // As the command does.
  setFlagsFromString('--heap-growing-percent=50')
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 100)
  const start = performance.now()
  const events = await (way === 'parse' ? parse(folder) : way === 'read' ? read(folder) : preflight(folder, args))
  const milliseconds = performance.now() - start
  clearInterval(timer)
  return { events, milliseconds, megabytes: Math.max(most, process.memoryUsage().rss) / 1_000_000 }
}

void measure(process.argv.slice(2)).then((measurement) => process.send?.(measurement))
