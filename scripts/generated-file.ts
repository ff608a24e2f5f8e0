import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'

/**
 * Writes the generated files that are missing or stale. With `--check` on the command line, it writes nothing. It
 * prints the names of these files instead, and makes the process fail.
 *
 * @param files The content of each file, by path
 * @param command The command that writes the files, for the message
 */
export function updateFiles(files: Map<string, string>, command: string): void {
  const check = process.argv.includes('--check')
  for (const [file, content] of files) {
    if (existsSync(file) && readFileSync(file, 'utf8') === content) continue
    const name = relative(process.cwd(), file)
    if (check) {
      console.error(`${name} is missing or stale. Run ${command}.`)
      process.exitCode = 1
    } else {
      writeFileSync(file, content)
      console.log(`Wrote ${name}`)
    }
  }
}
