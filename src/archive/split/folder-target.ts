import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { PART_MANIFEST, SPLIT_FOLDER } from '../read/part-folder'
import type { Target } from './target'

/** Creates a target that is a folder. The parts grow in a hidden folder of it, and get their place when they are whole. */
export function createFolderTarget(out: string): Target {
  const work = path.join(out, SPLIT_FOLDER)
  const growing = path.join(work, 'parts')

  async function write(file: string, text: string): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(`${file}.tmp`, text)
    await rename(`${file}.tmp`, file)
  }

  return {
    work,
    list: async () => (await readdir(out).catch(() => [])).filter((name) => name !== SPLIT_FOLDER),
    read: (name) => readFile(path.join(work, name), 'utf8').catch(() => undefined),
    write: (name, text) => write(path.join(work, name), text),
    async add(file, name) {
      const place = path.join(growing, name)
      await mkdir(path.dirname(place), { recursive: true })
      await rename(file, place)
    },
    async publish(part, manifest) {
      const place = path.join(out, part)
      if (existsSync(place)) return
      await write(path.join(growing, part, PART_MANIFEST), manifest)
      await rename(path.join(growing, part), place)
    },
    clean: () => rm(work, { recursive: true, force: true })
  }
}
