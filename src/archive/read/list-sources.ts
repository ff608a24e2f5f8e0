import { readdir, readlink, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { InputError } from '../../core'
import { hasEvents, hasPartName, isManifest, PART_MANIFEST } from './part-folder'
import { tableOf } from './rows/table'
import type { Source } from './source'
import { timeFoldersOf } from './time-folders'

/** The options for finding the files of an archive. */
export type SourceOptions = {
  /** The URL of a store that is compatible with S3. Default: AWS, or `AWS_ENDPOINT_URL`. */
  endpoint?: string
}

/**
 * Finds the files of an archive. An input is a folder, a file, a glob pattern, `-` for standard input, or
 * `s3://bucket/prefix`. A file that two inputs name is listed once. Entries of a folder that cannot be read are listed too,
 * with the reason.
 *
 * Segment writes a folder for each source, with a folder for each day of receipt. Other tools write folders of days and
 * hours. The files are sorted by this time, so the events of several sources are roughly in order of time. Of tables with
 * the same time, `tracks` comes last, because it has the events of the others without their properties.
 *
 * @throws InputError if an input does not exist, has no file, or is a part of a split that did not finish
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
  return sortByTime([...found.values()])
}

function identityOf(source: Source): string {
  return source.kind === 'file' ? resolve(source.path) : source.name
}

async function listInput(input: string, { endpoint }: SourceOptions): Promise<Source[]> {
  if (input === '-') return [{ kind: 'stdin', name: '-' }]
  if (input.startsWith('s3://')) return (await import('./s3')).listObjects(input, endpoint)
  const paths = (await exists(input)) ? [input] : await matchPattern(input)
  return (await Promise.all(paths.map((path) => listPath(path)))).flat()
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

/**
 * Lists the files at a path that the user named. It may also be a pipe or a device, such as `/dev/fd/63`.
 *
 * @param parents the real paths of the folders around it
 */
async function listPath(path: string, parents: readonly string[] = []): Promise<Source[]> {
  try {
    const facts = await stat(path)
    if (facts.isDirectory()) return await listFolder(path, parents)
    if (facts.isFile()) return facts.size === 0 ? [] : [{ kind: 'file', name: path, path, size: facts.size }]
    // Opening a pipe that nobody writes to would wait for ever.
    if (parents.length > 0) return [unreadable(path, 'It is neither a file nor a folder.')]
    return [{ kind: 'file', name: path, path, size: facts.size }]
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return [unreadable(path, await explain(path, code, message))]
  }
}

/** Omits hidden files, such as `.DS_Store`. Empty files, such as the `_SUCCESS` of a Spark job, are no events either. */
async function listFolder(path: string, parents: readonly string[]): Promise<Source[]> {
  const real = await realpath(path)
  if (parents.includes(real)) return [unreadable(path, 'It is a link to a folder that contains it.')]
  const names = (await readdir(path)).filter((name) => !name.startsWith('.'))
  return (await Promise.all(names.map((name) => listPath(join(path, name), [...parents, real])))).flat()
}

function unreadable(name: string, reason: string): Source {
  return { kind: 'unreadable', name, size: 0, reason }
}

async function explain(path: string, code: string, message: string): Promise<string> {
  const target = await readlink(path).catch(() => undefined)
  if (code === 'ENOENT' && target !== undefined) return 'It is a link to a file that does not exist.'
  return code === 'ELOOP' ? 'It is a link to itself.' : `${message}.`
}

function sortByTime(sources: readonly Source[]): Source[] {
  return sources
    .map((source) => ({
      source,
      time: timeFoldersOf(source.name)?.time ?? 0,
      isLast: tableOf(source.name)?.name === 'tracks'
    }))
    .sort(
      (one, other) =>
        one.time - other.time ||
        Number(one.isLast) - Number(other.isLast) ||
        compare(one.source.name, other.source.name)
    )
    .map(({ source }) => source)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
