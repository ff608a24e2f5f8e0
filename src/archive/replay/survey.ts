import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { version } from '../../../package.json'
import { toUtc } from '../../core'
import { replaceFile } from './durable-file'
import type { Journal } from './journal'
import { planArchive, type PlanOptions, type StretchSummary } from './plan'
import type { RouteCounts } from './route-events'

const NOTHING = { impressions: 0, clicks: 0, purchases: 0, pageviews: 0, links: 0 }

/** A summary of the events that a replay will send. */
export type Survey = {
  /** Pairs of a Segment event and a mapping that takes it. `failing` ones fail before they are sent. */
  toSend: number
  failing: number
  /** The events that Topsort would get. */
  sent: typeof NOTHING
  stretches: StretchSummary[]
  counts: RouteCounts
  /** The time of the oldest event that is sent, in epoch milliseconds. */
  oldest?: number
  /** The body of the first request. */
  firstBody?: Record<string, unknown>
}

/**
 * Reads an archive to its end and counts what would be sent. Nothing is sent.
 *
 * @param onProgress gets the bytes and the events that were read so far
 * @throws StopError if a file cannot be read
 */
export async function survey(
  options: PlanOptions,
  onProgress: (bytes: number, events: number) => void
): Promise<Survey> {
  const sent = { ...NOTHING }
  let [toSend, failing, oldest] = [0, 0, Infinity]
  const stretches: StretchSummary[] = []
  let counts: RouteCounts | undefined
  let firstBody: Survey['firstBody']

  for await (const stretch of planArchive(options)) {
    for (const batch of stretch.waves.flat()) {
      if (batch.mapping === null) {
        failing += batch.events
        continue
      }
      toSend += batch.events
      const bodies = batch.items.map(({ expected }) => Object(expected.sent) as Record<string, unknown>)
      for (const body of bodies) countBody(body)
      for (const { event } of batch.items) oldest = Math.min(oldest, toUtc(event.timestamp) || Infinity)
      firstBody ??= merge(bodies)
    }
    stretches.push(stretch.summary)
    counts = { ...stretch.counts }
    onProgress(stretch.bytes, counts.events)
  }
  if (!counts) throw new Error('An archive has at least one stretch.')
  return { toSend, failing, sent, stretches, counts, oldest: oldest === Infinity ? undefined : oldest, firstBody }

  function countBody(body: Record<string, unknown>): void {
    for (const type of ['impressions', 'clicks', 'purchases', 'pageviews'] as const) {
      const list = body[type]
      if (Array.isArray(list)) sent[type] += list.length
    }
    if ('from' in body) sent.links += 1
  }
}

/** Puts the events of a batch into one body, as the destination does. */
function merge(bodies: readonly Record<string, unknown>[]): Survey['firstBody'] {
  const filled = bodies.filter((body) => Object.keys(body).length > 0)
  if (filled.length === 0) return undefined
  if ('from' in filled[0]) return filled[0]
  const merged: Record<string, unknown[]> = {}
  for (const body of filled) {
    for (const [type, list] of Object.entries(body)) {
      if (Array.isArray(list)) (merged[type] ??= []).push(...(list as unknown[]))
    }
  }
  return merged
}

/** The journal that a plan belongs to. */
type PlanOwner = Pick<Journal['state'], 'startedAt' | 'fingerprint'>

/** The version of the file's format. */
const FORMAT = 1

/**
 * Saves the plan of a replay in a file beside the journal, so that the archive is not surveyed again when the replay is
 * resumed. The file has counts and hashes, and no content of events. It is written as a whole or not at all.
 *
 * @param check as for `openDurableFile`
 * @throws StopError if the file cannot be written
 */
export async function savePlan(file: string, journal: PlanOwner, plan: Survey, check: () => void): Promise<void> {
  const json = JSON.stringify({ ...plan, firstBody: undefined })
  await replaceFile(file, `${digest(keyOf(journal), json)}\n${json}\n`, check)
}

/**
 * Reads the plan of a replay.
 *
 * @returns undefined if the file is missing or damaged, or is of another journal or version
 */
export async function readPlan(file: string, journal: PlanOwner): Promise<Survey | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const [hash, json = ''] = text.split('\n')
  return hash === digest(keyOf(journal), json) ? (JSON.parse(json) as Survey) : undefined
}

/** Returns a text that identifies the input, the settings, the version and the start. `--max-age` counts from the start. */
function keyOf({ startedAt, fingerprint }: PlanOwner): string {
  return JSON.stringify({ format: FORMAT, version, startedAt, fingerprint })
}

function digest(...texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\n')).digest('hex')
}
