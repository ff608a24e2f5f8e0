import { rm } from 'node:fs/promises'
import path from 'node:path'
import { EVENTS_URL, linkUsersEndpoint } from '../../destinations'
import { InputError } from '../../core'
import { findLostTriggers } from '../../pipeline'
import type { OnLost } from '../command'
import { formatCountOf } from '../preflight/numbers'
import { readFiltersFile, readMappingsFile } from '../preflight/read-settings'
import { startProgress } from '../progress'
import { listSources, sizeOf } from '../read'
import { createSelect } from '../select'
import type { Arguments, ReplayTarget } from './arguments'
import { confirm, describeSurvey, showRequest, type Terminal } from './words'
import { deliver } from './deliver'
import { createFingerprint, identifyFiles } from './fingerprint'
import type { Gate } from './gate'
import { type Journal, openJournal } from './journal'
import { replaceByCopy } from './durable-file'
import { type Lock, type LockOptions, takeLock } from './lock'
import { planArchive, type PlanOptions, type StretchSummary } from './plan'
import { openRejectedFile, type RejectedFile } from './rejected'
import { readPlan, savePlan, survey, type Survey } from './survey'

/** The parts of the process that a replay uses. */
export type Surroundings = {
  terminal: Terminal
  /** Prints a line of the result. */
  print: (line: string) => void
  /** Prints a line about a problem. */
  log: (line: string) => void
  /** Closing it stops the replay when the pending requests have ended. */
  gate: Gate
  /** Is called before the first request. Until then, the process may exit at any time. */
  onSending: () => void
  /** Gets what releases the lock, for the case that the process ends early. */
  onLost: OnLost
  /** Settings of the journal's lock, for tests. */
  lock?: LockOptions
}

/**
 * Delivers an archive.
 *
 * @returns how many events are in the file of rejected events
 * @throws InputError if the command, the archive or the journal is not right
 * @throws StopError if the replay has to stop, and can be resumed
 */
export async function runReplay(args: Arguments, around: Surroundings): Promise<number> {
  const rejectedFile = args.rejected ?? path.join(path.dirname(args.journal), 'rejected.jsonl')
  const sources = await listSources(args.inputs, { endpoint: args.endpoint })
  if (sources.some((source) => source.kind === 'file' && path.resolve(source.path) === path.resolve(rejectedFile))) {
    throw new InputError(`${rejectedFile} would be read and written. Name another file with --rejected.`)
  }
  const [mappings, filters] = await Promise.all([readMappingsFile(args.mappings), readFiltersFile(args.filters)])
  for (const lost of findLostTriggers(mappings)) around.print(lost.sentence)
  const lock = await takeLock(`${args.journal}.lock`, { log: around.log, ...around.lock })
  around.onLost(lock.release)
  try {
    return await replayLocked(args, { sources, mappings, filters, rejectedFile, lock }, around)
  } finally {
    await lock.release()
  }
}

/** The input of a replay, and the lock of its journal. */
type Input = Pick<PlanOptions, 'sources' | 'mappings' | 'filters'> & { rejectedFile: string; lock: Lock }

/** Replays while this process has the lock of the journal. */
async function replayLocked(
  args: Arguments,
  { sources, mappings, filters, rejectedFile, lock }: Input,
  around: Surroundings
): Promise<number> {
  const { readable, unreadable } = await identifyFiles(sources)
  if (readable.length === 0) throw new InputError(`No file can be read. ${describeUnreadable(unreadable[0])}`)
  for (const each of unreadable) around.print(`Left out: ${describeUnreadable(each)}`)

  const { check, isTakenOver } = lock
  const fileFingerprints = readable.map(({ file }) => file)
  const fingerprint = createFingerprint(fileFingerprints, args, { mappings, filters })
  // The earlier holder may write once more. That goes to the old file, and not between the records of this run.
  if (isTakenOver) await replaceByCopy(args.journal, check)
  const journal = await openJournal(args.journal, fingerprint, args.resume, check)
  let rejected: RejectedFile | undefined
  try {
    const { startedAt, isNew, files } = journal.state
    if (files.length < readable.length) {
      around.print(
        `Left out: ${formatCountOf(readable.length - files.length, 'file')} that came after the replay started.`
      )
    }
    if (isTakenOver && !isNew) await replaceByCopy(rejectedFile, check)
    rejected = await openRejectedFile(rejectedFile, journal.totals().rejectedBytes, isNew, check)
    const plan: PlanOptions = {
      sources: files.map((place) => readable[place].source),
      settings: { api_key: args.key },
      mappings,
      filters,
      select: createSelect(args.selection),
      notBefore: args.maxAge === undefined ? -Infinity : startedAt - args.maxAge,
      asSegmentReplay: args.asSegmentReplay
    }
    if (!journal.state.isFinished) await replay({ args, plan, journal, rejected, lock }, around)
    around.print(describeEnd(journal, rejectedFile))
    return journal.totals().rejected
  } finally {
    await rejected?.close()
    await journal.close()
  }
}

function describeUnreadable({ name, reason }: { name: string; reason: string }): string {
  return `${name} cannot be read. ${reason}`
}

/** The parts of a replay that is about to send. */
type Work = { args: Arguments; plan: PlanOptions; journal: Journal; rejected: RejectedFile; lock: Lock }

async function replay(work: Work, around: Surroundings): Promise<void> {
  const { args, journal, lock } = work
  for (const line of describeJournal(journal)) around.print(line)
  const { isNew } = journal.state
  const planFile = `${args.journal}.plan`
  const saved = isNew ? undefined : await readPlan(planFile, journal.state)
  if (!saved && !isNew) {
    around.print(
      `The archive is surveyed again, because ${planFile} is missing, damaged, or of another version of this program.`
    )
  }
  const found = saved ?? (await lookAhead(work.plan))
  for (const line of describeSurvey(found, Date.now())) around.print(line)
  if (found.firstBody && isNew) {
    const url = 'from' in found.firstBody ? linkUsersEndpoint.url : EVENTS_URL
    around.print(`\nThe first request:\n\n${showRequest(toTargetUrl(args.target, url), found.firstBody)}\n`)
  }
  if (args.target.kind === 'topsort' && !args.yes) {
    await confirm(found.toSend - journal.totals().delivered, around.terminal)
  }
  if (!saved) await savePlan(planFile, journal.state, found, lock.check)
  await send(work, found, around)
  await rm(planFile, { force: true })
}

async function send(
  { args, plan, journal, rejected, lock }: Work,
  found: Survey,
  { log, gate, onSending }: Surroundings
): Promise<void> {
  const onRetry = (reason: string): void => {
    log(`Topsort did not take a request (${reason}). It is sent again.`)
  }
  onSending()
  const all = found.toSend + found.failing
  const progress = startProgress({ total: all })
  let settled = 0
  try {
    await deliver({
      stretches: planArchive(plan, findSettled(found.stretches, journal)),
      settings: plan.settings,
      journal,
      rejected,
      toUrl: (url) => toTargetUrl(args.target, url),
      gate,
      check: lock.check,
      retry: { tries: args.tries, backOff: args.backOff, random: Math.random, onRetry },
      onSettled({ events }) {
        settled += events
        progress.update(settled, settled)
      }
    })
    await journal.finish()
  } finally {
    progress.stop()
  }
}

/** Returns the first stretches of a plan, up to the first one with a batch that has no result. */
function findSettled(stretches: readonly StretchSummary[], journal: Journal): StretchSummary[] {
  let first = 1
  const open = stretches.findIndex(({ batches }) => {
    const numbers = Array.from({ length: batches }, (_, index) => first + index)
    first += batches
    return !numbers.every((number) => journal.find(number)?.isSettled)
  })
  return stretches.slice(0, open === -1 ? stretches.length : open)
}

/** Returns where a request really goes. Only the target `topsort` lets it go to Topsort. */
function toTargetUrl(target: ReplayTarget, url: string): string {
  if (target.kind === 'topsort') return url
  const { pathname } = new URL(url)
  return `http://127.0.0.1:${target.port}${pathname}`
}

async function lookAhead(plan: PlanOptions): Promise<Survey> {
  const progress = startProgress({ total: sizeOf(plan.sources) })
  try {
    return await survey(plan, progress.update)
  } finally {
    progress.stop()
  }
}

function describeJournal({ state, totals }: Journal): string[] {
  if (state.isNew) return []
  const { delivered, rejected } = totals()
  return [
    `Going on with the replay of ${new Date(state.startedAt).toISOString()}: ${formatCountOf(delivered + rejected, 'event')} have a result already.`,
    ...(state.wasTorn ? ['The last record of the journal was torn. What it was about is sent again.'] : []),
    ...state.inFlight.map(
      ({ number, events, ids }) =>
        `Batch ${number} (${ids}) was in flight: its ${formatCountOf(events, 'event')} may have arrived, and are sent again with the same ids.`
    )
  ]
}

function describeEnd({ state, totals }: Journal, rejectedFile: string): string {
  const { delivered, rejected, accepted } = totals()
  const start = state.isFinished ? 'Everything was delivered by an earlier run' : 'Done'
  const taken = `${start}: ${formatCountOf(delivered, 'event')} delivered, which are ${formatCountOf(accepted, 'event')} at Topsort.`
  if (rejected === 0) return taken
  return `${taken} ${formatCountOf(rejected, 'event')} rejected: ${rejectedFile} has the reasons. It can be replayed when the cause is mended.`
}
