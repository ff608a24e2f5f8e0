import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { version } from '../../../package.json'
import { replaceFile } from './durable-file'
import type { JournalState } from './journal'
import type { Survey } from './survey'

/** The journal that a plan belongs to. */
type PlanOwner = Pick<JournalState, 'startedAt' | 'fingerprint'>

/** Changes when the file gets another form. */
const FORM = 1

/**
 * Saves the plan of a replay in a file beside the journal, so that the archive is not surveyed again when the replay is
 * resumed. It holds counts and hashes, and nothing of an event. The file is whole, or as it was before.
 *
 * @param check as for `openDurableFile`
 * @throws StopError if it cannot be written
 */
export async function savePlan(file: string, journal: PlanOwner, plan: Survey, check: () => void): Promise<void> {
  const json = JSON.stringify({ ...plan, firstBody: undefined })
  await replaceFile(file, `${digest(keyOf(journal), json)}\n${json}\n`, check)
}

/**
 * Reads the plan of a replay.
 *
 * @returns undefined if there is none, or if it is damaged, or of another journal or version
 */
export async function readPlan(file: string, journal: PlanOwner): Promise<Survey | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const [hash, json = ''] = text.split('\n')
  return hash === digest(keyOf(journal), json) ? (JSON.parse(json) as Survey) : undefined
}

/** Deletes the plan of a replay that is done. */
export async function removePlan(file: string): Promise<void> {
  await rm(file, { force: true })
}

/** Identifies the input, the settings and the version, and the start, which is where `--max-age` counts from. */
function keyOf({ startedAt, fingerprint }: PlanOwner): string {
  return JSON.stringify({ form: FORM, version, startedAt, fingerprint })
}

function digest(...texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\n')).digest('hex')
}
