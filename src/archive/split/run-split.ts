import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, rmSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { InputError } from '../../core'
import { startProgress } from '../progress'
import { listSources, sizeOf, type Source } from '../read'
import { partName } from '../read/part-folder'
import { createSelect, type Selection } from '../select'
import { type Assignment, assignParts, openRoutes } from './assign-parts'
import { claimSplit, openTarget, PLAN, type Target } from './target'
import { describeInput, type PartManifest, readManifest, type SplitInput } from './manifest'
import { ChangedFileError, createBlocks, createPartNames, type RoutedFile, routeFile } from './route-file'

/** What the command line says about a split. */
export type SplitArguments = {
  inputs: string[]
  /** How many parts there are. */
  of: number
  /** Where they go: a folder, or `s3://bucket/prefix`. */
  out: string
  selection: Selection
  endpoint?: string
}

/** What is split, and how. A split goes on only with the same plan. */
type Plan = { version: 1; of: number; input: SplitInput; selection: Selection }

/**
 * Splits an archive by person. Each part is an archive of its own, in Segment's layout, so that preflight and replay run
 * on it as on any other. A split that was interrupted goes on.
 *
 * @returns the manifests of the parts
 * @throws InputError if the archive cannot be split, or if `out` has anything else
 */
export async function runSplit({ inputs, of, selection, endpoint, ...given }: SplitArguments): Promise<PartManifest[]> {
  const out = given.out.replace(/(?<=.)\/+$/, '')
  checkInputs(inputs, out)
  const sources = await listSources(inputs, { endpoint })
  const plan: Plan = { version: 1, of, input: describeInput(sources), selection }
  const target = await openTarget(out, digestOf(plan), endpoint)
  const finished = await findFinished(target, plan, out, endpoint)
  if (finished) {
    await target.clean()
    return finished
  }

  await mkdir(target.work, { recursive: true }).catch(toProblem(out))
  const release = await claimSplit(target.work, out)
  const progress = startProgress({ total: 2 * sizeOf(sources), noun: 'records' })
  let [bytes, records] = [0, 0]
  const onProgress = (moreBytes: number, moreRecords: number): void => {
    bytes += moreBytes
    records += moreRecords
    progress.update(bytes, records)
  }
  try {
    const assignment = await assign(target, plan, sources, onProgress)
    const routed = await routeFiles(target, plan, sources, assignment, onProgress)
    const manifests = toManifests(plan, assignment, routed)
    for (const manifest of manifests) {
      await target.publish(partName(manifest.part, of), `${JSON.stringify(manifest, null, 2)}\n`)
    }
    await target.clean()
    return manifests
  } catch (error) {
    return toProblem(out)(error)
  } finally {
    progress.stop()
    await release()
  }
}

/** Creates a function that throws what to do about an error of the disk or of S3. Others are thrown as they are. */
function toProblem(out: string): (error: unknown) => never {
  return (error) => {
    const { message, syscall, $metadata } = error as NodeJS.ErrnoException & { $metadata?: unknown }
    if (syscall === undefined && $metadata === undefined) throw error
    throw new InputError(
      `The split into ${out} had to stop: ${message}. Check the free space and the permissions, and run the same command again.`,
      { cause: error }
    )
  }
}

function checkInputs(inputs: readonly string[], out: string): void {
  if (inputs.includes('-')) {
    throw new InputError('Standard input cannot be split, because a split reads the archive twice. Write it to a file.')
  }
  for (const input of inputs) {
    const below = path.relative(path.resolve(input), path.resolve(out))
    if (input.startsWith('s3://') || out.startsWith('s3://') || below.startsWith('..')) continue
    throw new InputError(`--out ${out} is in ${input}, so the parts would be read as events. Choose another folder.`)
  }
}

/**
 * Looks at what is in the target. Writes the plan if there is nothing.
 *
 * @returns the manifests of the parts if the same split has finished before
 * @throws InputError if there is anything else than a split with the same plan
 */
async function findFinished(
  target: Target,
  plan: Plan,
  out: string,
  endpoint?: string
): Promise<PartManifest[] | undefined> {
  const known = await target.read(PLAN)
  if (known !== undefined) {
    if (isDeepStrictEqual(JSON.parse(known), plan)) return undefined
    throw new InputError(
      `${out} has an unfinished split of other files or with other options. Choose another --out, or delete it.`
    )
  }
  const names = await target.list()
  if (names.length === 0) {
    await target.write(PLAN, JSON.stringify(plan)).catch(toProblem(out))
    return undefined
  }
  const parts = Array.from({ length: plan.of }, (_, index) => partName(index + 1, plan.of))
  if (names.every((name) => parts.includes(name))) {
    const manifests = await Promise.all(
      parts.map((part) => readManifest(`${out}/${part}`, endpoint).catch(() => undefined))
    )
    const found = manifests.filter((manifest) => manifest !== undefined)
    const plans = found.map(({ of, input, selection }) => ({ version: 1, of, input, selection }))
    if (plans.length === plan.of && plans.every((each) => isDeepStrictEqual(each, plan))) return found
  }
  throw new InputError(`${out} has other files already, such as ${names[0]}. Choose an empty --out.`)
}

/** Assigns the records to parts, unless an earlier run has. */
async function assign(
  target: Target,
  { of, selection }: Plan,
  sources: readonly Source[],
  onProgress: (bytes: number, records: number) => void
): Promise<Assignment> {
  const file = assignmentFile(target)
  if (existsSync(file)) {
    onProgress(sizeOf(sources), 0)
    return JSON.parse(await readFile(file, 'utf8')) as Assignment
  }
  rmSync(doneFile(target), { force: true })
  const isSelective = Object.keys(selection).length > 0
  const assignment = await assignParts({
    sources,
    of,
    folder: target.work,
    ...(isSelective && { select: createSelect(selection) }),
    onProgress
  })
  await writeFile(`${file}.tmp`, JSON.stringify(assignment))
  await rename(`${file}.tmp`, file)
  return assignment
}

/** The file that says that all records are assigned. Earlier versions, which kept other files, called it `assignment.json`. */
function assignmentFile({ work }: Target): string {
  return path.join(work, 'assigned.json')
}

/** The file with a line for each file of the archive that is in the parts. */
function doneFile({ work }: Target): string {
  return path.join(work, 'done.jsonl')
}

/** Routes the files that no earlier run has routed. Returns what the parts got, for each file. */
async function routeFiles(
  target: Target,
  { of }: Plan,
  sources: readonly Source[],
  { records }: Assignment,
  onProgress: (bytes: number, records: number) => void
): Promise<RoutedFile[]> {
  const nameOf = createPartNames(sources)
  const blockOf = createBlocks(of)
  const done = await readDone(target)
  const opened = openRoutes(target.work)
  try {
    for (const [index, source] of sources.entries()) {
      const routes = opened.next(records[index])
      if (index < done.length) {
        onProgress(sizeOf([source]), routes.length)
        continue
      }
      const routed = await routeFile({
        source,
        routes,
        of,
        blockOf,
        target,
        nameOf: (day) => nameOf(index, day),
        onProgress
      })
      done.push(routed)
      appendFileSync(doneFile(target), `${JSON.stringify(routed)}\n`)
    }
  } catch (error) {
    // The next run must read the archive from its start.
    if (error instanceof ChangedFileError) rmSync(assignmentFile(target), { force: true })
    throw error
  } finally {
    opened.close()
  }
  return done
}

/** Reads what earlier runs have routed. Drops a last line that was not written to its end. */
async function readDone(target: Target): Promise<RoutedFile[]> {
  const file = doneFile(target)
  const text = await readFile(file, 'utf8').catch(() => '')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole !== text) await writeFile(file, whole)
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RoutedFile)
}

function toManifests({ of, input, selection }: Plan, assignment: Assignment, routed: RoutedFile[]): PartManifest[] {
  return Array.from({ length: of }, (_, index): PartManifest => {
    const isFirst = index === 0
    return {
      version: 1,
      part: index + 1,
      of,
      input,
      selection,
      events: routed.reduce((sum, { events }) => sum + events[index], 0),
      bytes: routed.reduce((sum, { bytes }) => sum + bytes[index], 0),
      hubs: assignment.hubs,
      notSelected: isFirst ? assignment.notSelected : 0,
      unreadable: isFirst ? assignment.unreadable : []
    }
  })
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)
}
