import { readdir, stat } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { InputError } from '../../core'
import { hasEvents, hasPartName, isManifest, PART_MANIFEST } from './part-folder'
import { DAY_FOLDER, type Source } from './source'

/** How sources are found. */
export type SourceOptions = {
  /** The URL of a store that is compatible with S3. Default: AWS, or `AWS_ENDPOINT_URL`. */
  endpoint?: string
}

/**
 * Finds the files of an archive: folders with all that is in them, files, glob patterns, `-` for standard input, and
 * `s3://bucket/prefix`. A file that two inputs name is listed once.
 *
 * Segment writes a folder for each source, and in it one for each day of receipt. The files are sorted by that day first,
 * so that the events of several sources come roughly in order of time.
 *
 * @throws InputError if an input does not exist, holds no file, or is a part of a split that did not finish
 */
export async function listSources(inputs: readonly string[], options: SourceOptions = {}): Promise<Source[]> {
  const found = new Map<string, Source>()
  for (const input of inputs) {
    const sources = await listInput(input, options)
    if (sources.length === 0) throw new InputError(`There is no file in ${input}.`)
    if (hasPartName(input) && !sources.some(({ name }) => isManifest(name))) {
      throw new InputError(`${input} has no ${PART_MANIFEST}, so its split did not finish. Run the split again.`)
    }
    for (const source of sources) if (hasEvents(source.name)) found.set(identityOf(source), source)
  }
  return [...found.values()].sort(byDayThenName)
}

function identityOf(source: Source): string {
  return source.kind === 'file' ? resolve(source.path) : source.name
}

async function listInput(input: string, { endpoint }: SourceOptions): Promise<Source[]> {
  if (input === '-') return [{ kind: 'stdin', name: '-' }]
  if (input.startsWith('s3://')) {
    const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(input) ?? []
    if (!bucket) throw new InputError(`${input} names no bucket. Write s3://bucket/prefix.`)
    return (await import('./s3')).listObjects({ bucket, prefix }, endpoint)
  }
  const paths = (await exists(input)) ? [input] : await matchPattern(input)
  return (await Promise.all(paths.map(listPath))).flat()
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false
  )
}

async function matchPattern(pattern: string): Promise<string[]> {
  const paths = isDynamicPattern(pattern)
    ? await glob(pattern, { absolute: isAbsolute(pattern), expandDirectories: false })
    : []
  if (paths.length === 0) throw new InputError(`${pattern} does not exist.`)
  return paths
}

/** Hidden files, such as `.DS_Store`, and empty ones, such as the `_SUCCESS` of a Spark job, are not events. */
async function listPath(path: string): Promise<Source[]> {
  const facts = await stat(path).catch((error: unknown) => {
    throw new InputError(`${path} cannot be read: ${(error as Error).message}.`)
  })
  if (!facts.isDirectory()) {
    return facts.isFile() && facts.size === 0 ? [] : [{ kind: 'file', name: path, path, size: facts.size }]
  }
  const entries = await readdir(path, { withFileTypes: true })
  const lists = entries.filter((entry) => !entry.name.startsWith('.')).map((entry) => listPath(join(path, entry.name)))
  return (await Promise.all(lists)).flat()
}

function byDayThenName(one: Source, other: Source): number {
  return dayOf(one) - dayOf(other) || compare(one.name, other.name)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** Returns the day of receipt that is in the name of a file, in epoch milliseconds. 0 if there is none. */
function dayOf({ name }: Source): number {
  return Number(DAY_FOLDER.exec(name)?.[2] ?? 0)
}
