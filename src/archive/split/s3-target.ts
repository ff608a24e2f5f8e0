import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { deleteObject, listObjects, readObject, uploadFile, writeObject } from '../read/s3'
import { PART_MANIFEST, SPLIT_FOLDER } from '../read/part-folder'
import { PLAN, type Target } from './target'

/**
 * Creates a target that is a prefix of S3. An object cannot be renamed, so the manifest, which comes last, makes a part
 * visible. A split that is continued on another machine starts over.
 */
export async function createS3Target(out: string, id: string, endpoint?: string): Promise<Target> {
  const root = out.replace(/\/+$/, '')
  const work = path.join(tmpdir(), `topsort-split-${id}`)
  await mkdir(work, { recursive: true })

  return {
    work,
    async list() {
      const objects = await listObjects(`${root}/`, endpoint)
      const names = objects.map(({ name }) => name.slice(root.length + 1).split('/')[0])
      return [...new Set(names)].filter((name) => name !== SPLIT_FOLDER)
    },
    read: (name) => readObject(`${root}/${SPLIT_FOLDER}/${name}`, endpoint),
    write: (name, text) => writeObject(`${root}/${SPLIT_FOLDER}/${name}`, text, endpoint),
    async add(file, name) {
      await uploadFile(file, `${root}/${name}`, endpoint)
      await rm(file)
    },
    publish: (part, manifest) => writeObject(`${root}/${part}/${PART_MANIFEST}`, manifest, endpoint),
    async clean() {
      await deleteObject(`${root}/${SPLIT_FOLDER}/${PLAN}`, endpoint)
      await rm(work, { recursive: true, force: true })
    }
  }
}
