import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'

/**
 * Brings generated files up to date, or with `--check` on the command line says which are stale and fails.
 * @param files The path of each file, and what has to be in it
 * @param command What to run when a file is stale, for the message
 */
export function updateFiles(files: Map<string, string>, command: string): void {
  const check = process.argv.includes('--check')
  for (const [file, content] of files) {
    if (existsSync(file) && readFileSync(file, 'utf8') === content) continue
    const name = relative(process.cwd(), file)
    if (check) {
      console.error(`${name} is stale: run ${command}`)
      process.exitCode = 1
    } else {
      writeFileSync(file, content)
      console.log(`wrote ${name}`)
    }
  }
}
