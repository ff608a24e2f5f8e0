import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { bundleProgram } from '../../scripts/bundle-program'

/** The folder is in the repository, so that the program finds the framework. */
const CACHE = path.join(__dirname, '../../node_modules/.cache')

/** The program of the commands, in one file. */
export type Program = { file: string; remove: () => void }

/** Bundles the program of the commands, because compiling it takes seconds at each start. */
export async function createProgram(): Promise<Program> {
  mkdirSync(CACHE, { recursive: true })
  const folder = mkdtempSync(path.join(CACHE, 'program-'))
  await bundleProgram(folder)
  return {
    file: path.join(folder, 'main.js'),
    remove() {
      rmSync(folder, { recursive: true })
    }
  }
}
