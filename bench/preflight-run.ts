/**
 * Reads an archive in one of several ways, and sends the processor time and the most memory in use to the parent process.
 * This is a separate process, so that other measurements do not affect its heap.
 */
import { runPreflight } from '../src/archive/preflight/run-preflight'
import { readArguments } from '../src/archive/preflight/arguments'
import { listSources, readInOrder } from '../src/archive/read'
import { survey } from '../src/archive/replay/survey'
import { createSelect } from '../src/archive/select'
import { collectEarly } from '../src/core'
import topsort from '../src/destinations/topsort'
import { presetMappings } from '../src/pipeline'
import { measureWork } from './rounds'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'

/** What is measured: decompression and `JSON.parse` alone, the reader, preflight, or the plan of a replay. */
export type Way = 'parse' | 'read' | 'preflight' | 'plan'

/** `milliseconds` are those of the processor, which vary less than time on a shared machine. */
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
  for await (const { records } of readInOrder(await listSources([folder]))) events += records.length
  return events
}

async function preflight(folder: string, args: string[]): Promise<number> {
  const parsed = readArguments([folder, ...args])
  if (parsed === 'help') throw new Error('No archive')
  return (await runPreflight(parsed)).input.events
}

async function plan(folder: string): Promise<number> {
  const sources = await listSources([folder])
  const settings = { api_key: 'TSE_bench' }
  const select = createSelect({})
  const options = { sources, settings, select, mappings: presetMappings(topsort), filters: [], notBefore: -Infinity }
  return (await survey({ ...options, asSegmentReplay: false }, () => undefined)).counts.events
}

function run(way: Way, folder: string, args: string[]): Promise<number> {
  if (way === 'parse') return parse(folder)
  if (way === 'read') return read(folder)
  return way === 'plan' ? plan(folder) : preflight(folder, args)
}

async function measure([way, folder, ...args]: string[]): Promise<Measurement> {
  collectEarly()
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 100)
  let events = 0
  const milliseconds = await measureWork(async () => {
    events = await run(way as Way, folder, args)
  })
  clearInterval(timer)
  return { events, milliseconds, megabytes: Math.max(most, process.memoryUsage().rss) / 1_000_000 }
}

void measure(process.argv.slice(2)).then((measurement) => process.send?.(measurement))
