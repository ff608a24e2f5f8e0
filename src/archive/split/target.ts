import { existsSync } from 'node:fs'
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { InputError } from '../../core'
import { isAlive } from '../is-alive'
import { PART_MANIFEST, SPLIT_FOLDER } from '../read/part-folder'

/** Where the parts of a split go: a folder, or a prefix of S3. */
export type Target = ReturnType<typeof createFolderTarget>

/** The file in the folder `.split` that says what is being split. */
export const PLAN = 'plan.json'

/**
 * Opens the target of a split.
 *
 * @param out a folder, or `s3://bucket/prefix`
 * @param id a short text that stands for the split
 * @throws InputError if S3 is meant and no bucket is named
 */
export async function openTarget(out: string, id: string, endpoint?: string): Promise<Target> {
  if (!out.startsWith('s3://')) return createFolderTarget(out)
  return (await import('./s3-target')).createS3Target(out, id, endpoint)
}

/** Creates a target that is a folder. The parts grow in a hidden folder of it, and get their place when they are whole. */
function createFolderTarget(out: string) {
  const work = path.join(out, SPLIT_FOLDER)
  const growing = path.join(work, 'parts')

  async function write(file: string, text: string): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(`${file}.tmp`, text)
    await rename(`${file}.tmp`, file)
  }

  return {
    /** A folder of this machine for temporary files. It is the same for each run of a split. */
    work,
    /** Returns what is there already: the names of folders and files, without those of an unfinished split. */
    list: async () => (await readdir(out).catch(() => [])).filter((name) => name !== SPLIT_FOLDER),
    /** Returns the text of a file that `write` has written, or undefined if there is none. */
    read: (name: string) => readFile(path.join(work, name), 'utf8').catch(() => undefined),
    /** Writes a small file, at once or not at all. */
    write: (name: string, text: string) => write(path.join(work, name), text),
    /**
     * Takes over a file of a part. It is not visible as a part before `publish`.
     *
     * @param file in `work`
     * @param name such as `1-of-3/segment-logs/web/1432684800000/a.gz`
     */
    async add(file: string, name: string): Promise<void> {
      const place = path.join(growing, name)
      await mkdir(path.dirname(place), { recursive: true })
      await rename(file, place)
    },
    /** Makes a part visible, with its manifest. Does nothing if it is already. */
    async publish(part: string, manifest: string): Promise<void> {
      const place = path.join(out, part)
      if (existsSync(place)) return
      await write(path.join(growing, part, PART_MANIFEST), manifest)
      await rename(path.join(growing, part), place)
    },
    /** Removes the temporary files, and the plan. */
    clean: () => rm(work, { recursive: true, force: true })
  }
}

/**
 * Claims the temporary files of a split for this process. A claim of a process that is gone is taken over. So is one of
 * another machine, because a job that died there is started again here.
 *
 * @returns a function that gives up the claim
 * @throws InputError if another process of this machine has it
 */
export async function claimSplit(folder: string, out: string): Promise<() => Promise<void>> {
  const file = path.join(folder, 'process')
  const own = `${file}-${process.pid}`
  await writeFile(own, `${process.pid} ${hostname()}`)
  try {
    // A link has its content at once, which a file that is created has not.
    await link(own, file)
    await rm(own)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const [pid, host] = (await readFile(file, 'utf8')).split(' ')
    if (host === hostname() && Number(pid) !== process.pid && isAlive(Number(pid))) {
      await rm(own)
      throw new InputError(`Process ${pid} is splitting into ${out} already. Wait for it, or stop it.`)
    }
    await rename(own, file)
  }
  return () => rm(file, { force: true })
}
