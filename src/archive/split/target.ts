import { InputError } from '../../core'

/** Where the parts of a split go: a folder, or a prefix of S3. */
export type Target = {
  /** A folder of this machine for temporary files. It is the same for each run of a split. */
  work: string
  /** Returns what is there already: the names of folders and files, without those of an unfinished split. */
  list: () => Promise<string[]>
  /** Returns the text of a file that `write` has written, or undefined if there is none. */
  read: (name: string) => Promise<string | undefined>
  /** Writes a small file, at once or not at all. */
  write: (name: string, text: string) => Promise<void>
  /**
   * Takes over a file of a part. It is not visible as a part before `publish`.
   *
   * @param file in `work`
   * @param name such as `1-of-3/segment-logs/web/1432684800000/a.gz`
   */
  add: (file: string, name: string) => Promise<void>
  /** Makes a part visible, with its manifest. Does nothing if it is already. */
  publish: (part: string, manifest: string) => Promise<void>
  /** Removes the temporary files, and the plan. */
  clean: () => Promise<void>
}

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
  if (!out.startsWith('s3://')) return (await import('./folder-target')).createFolderTarget(out)
  if (!/^s3:\/\/[^/]+/.test(out)) throw new InputError(`${out} names no bucket. Write s3://bucket/prefix.`)
  return (await import('./s3-target')).createS3Target(out, id, endpoint)
}
