import path from 'node:path'
import { EVENTS_URL, linkUsersEndpoint } from '../../destinations'
import { InputError } from '../../core'
import type { Filter, Mapping } from '../../pipeline'
import type { OnLost } from '../guard'
import { formatCountOf } from '../preflight/numbers'
import { readFiltersFile, readMappingsFile } from '../preflight/read-settings'
import { startProgress } from '../progress'
import { listSources, type Source } from '../read'
import { createSelect } from '../select'
import type { Arguments, ReplayTarget } from './arguments'
import { confirm, type Terminal } from './confirm'
import { deliver } from './deliver'
import { createFingerprint, identifyFiles } from './fingerprint'
import type { Gate } from './gate'
import { type Journal, openJournal } from './journal'
import { takeLock } from './lock'
import { planArchive, type PlanOptions } from './plan-archive'
import { openRejectedFile, type RejectedFile } from './rejected'
import { survey, type Survey } from './survey'
import { describeSurvey, showRequest } from './words'

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
  const [mappings, filters] = await Promise.all([
    readMappingsFile(args.mappingsFile),
    readFiltersFile(args.filtersFile)
  ])
  const unlock = await takeLock(`${args.journal}.lock`)
  around.onLost(unlock)
  try {
    return await replayLocked(args, { sources, mappings, filters, rejectedFile }, around)
  } finally {
    await unlock()
  }
}

/** The input of a replay. */
type Input = {
  sources: readonly Source[]
  mappings: readonly Mapping[]
  filters: readonly Filter[]
  rejectedFile: string
}

/** Replays while this process has the lock of the journal. */
async function replayLocked(
  args: Arguments,
  { sources, mappings, filters, rejectedFile }: Input,
  around: Surroundings
): Promise<number> {
  const { readable, unreadable } = await identifyFiles(sources)
  if (readable.length === 0) throw new InputError(`No file can be read. ${describeUnreadable(unreadable[0])}`)
  for (const each of unreadable) around.print(`Left out: ${describeUnreadable(each)}`)

  const fileFingerprints = readable.map(({ file }) => file)
  const fingerprint = createFingerprint(fileFingerprints, args, { mappings, filters })
  const journal = await openJournal(args.journal, fingerprint, args.isResumed)
  let rejected: RejectedFile | undefined
  try {
    const { startedAt, isNew, files } = journal.state
    if (files.length < readable.length) {
      around.print(
        `Left out: ${formatCountOf(readable.length - files.length, 'file')} that came after the replay started.`
      )
    }
    rejected = await openRejectedFile(rejectedFile, journal.totals().rejectedBytes, isNew)
    const plan: PlanOptions = {
      sources: files.map((place) => readable[place].source),
      settings: { api_key: args.key },
      mappings,
      filters,
      select: createSelect(args.selection),
      notBefore: args.maxAge === undefined ? -Infinity : startedAt - args.maxAge,
      asSegmentReplay: args.asSegmentReplay
    }
    if (!journal.state.isFinished) await replay(args, plan, journal, rejected, around)
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

async function replay(
  args: Arguments,
  plan: PlanOptions,
  journal: Journal,
  rejected: RejectedFile,
  { print, log, terminal, gate, onSending }: Surroundings
): Promise<void> {
  for (const line of describeJournal(journal)) print(line)
  const found = await lookAhead(plan)
  for (const line of describeSurvey(found, Date.now())) print(line)
  if (found.firstBody && journal.state.isNew) {
    const url = 'from' in found.firstBody ? linkUsersEndpoint.url : EVENTS_URL
    print(`\nThe first request:\n\n${showRequest(toTargetUrl(args.target, url), found.firstBody)}\n`)
  }
  if (args.target.kind === 'topsort' && !args.isConfirmed) {
    await confirm(found.toSend - journal.totals().delivered, terminal)
  }

  const onRetry = (reason: string): void => {
    log(`Topsort did not take a request (${reason}). It is sent again.`)
  }
  onSending()
  const all = found.toSend + found.failing
  const progress = startProgress({ total: all })
  let settled = 0
  try {
    await deliver({
      stretches: planArchive(plan),
      settings: plan.settings,
      journal,
      rejected,
      toUrl: (url) => toTargetUrl(args.target, url),
      gate,
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

function sizeOf(sources: readonly Source[]): number {
  return sources.reduce((sum, source) => sum + ('size' in source ? source.size : 0), 0)
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
