import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ArchiveOptions, generateArchive } from '../../../../scripts/archive/generate'
import { MISTAKES, FREQUENT_MISTAKES } from '../../../../scripts/archive/mistakes'
import type { Truth } from '../../../../scripts/archive/truth'

/** An archive that was generated for the tests of a file, in a folder of its own. */
export type GeneratedArchive = {
  /** A folder for files of the tests. */
  folder: string
  /** The folder of the events. */
  logs: string
  /** The file of the mappings. */
  mappings: string
  /** Returns the expected results. */
  truth: () => Truth
}

/**
 * Generates an archive before the tests of a file, and removes it after them.
 *
 * @param share how often each mistake is made, from 0 to 1. Mistakes that show only if they are frequent are not made
 */
export function useGeneratedArchive(share: number, options: Partial<ArchiveOptions>): GeneratedArchive {
  const folder = mkdtempSync(join(tmpdir(), 'preflight-'))
  const out = join(folder, 'archive')
  let truth: Truth
  beforeAll(async () => {
    const codes = Object.keys(MISTAKES).filter((code) => !FREQUENT_MISTAKES.includes(code))
    const mistakes = Object.fromEntries(codes.map((code) => [code, share]))
    truth = await generateArchive({ out, mistakes, ...options })
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  return { folder, logs: join(out, 'segment-logs'), mappings: join(out, 'mappings.json'), truth: () => truth }
}
