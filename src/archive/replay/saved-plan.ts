import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { version } from '../../../package.json'
import { replaceFile } from './durable-file'
import type { JournalState } from './journal'
import type { Survey } from './survey'

/** The journal that a plan belongs to. */
type PlanOwner = Pick<JournalState, 'startedAt' | 'fingerprint'>

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

/** Deletes the saved plan. */
export async function removePlan(file: string): Promise<void> {
  await rm(file, { force: true })
}

/** Returns a text that identifies the input, the settings, the version and the start. `--max-age` counts from the start. */
function keyOf({ startedAt, fingerprint }: PlanOwner): string {
  return JSON.stringify({ format: FORMAT, version, startedAt, fingerprint })
}

function digest(...texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\n')).digest('hex')
}
