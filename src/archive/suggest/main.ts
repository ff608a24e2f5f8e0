/** The command `suggest`, which proposes mappings for the events of an archive: `npm run suggest -- PATH...`. */
import { writeSavedMappings, writeTerraform } from '../../pipeline'
import type { Suggestions } from '../../suggest'
import { print, runCommand, writeText } from '../command'
import { type Arguments, readArguments, USAGE } from './arguments'
import { summarize } from './summary'

/** Runs the command. Returns the exit code. */
export function suggestCommand(args: string[]): Promise<number> {
  return runCommand('suggest', async () => {
    const parsed = readArguments(args)
    await print(parsed === 'help' ? USAGE : await suggest(parsed))
    return 0
  })
}

/** Returns what the command prints. */
async function suggest(args: Arguments): Promise<string> {
  // The destination takes as long to load as a small archive.
  const { runSuggest } = await import('./run-suggest')
  const suggestions = await runSuggest(args)
  await writeFiles(suggestions, args)
  const color = process.stdout.isTTY && process.stdout.hasColors()
  return args.json ? JSON.stringify(suggestions, null, 2) : summarize(suggestions, { color, args })
}

async function writeFiles(suggestions: Suggestions, { out, terraform, report }: Arguments): Promise<void> {
  const { mappings } = suggestions
  const write = (option: string, file: string, value: object): Promise<void> =>
    writeText(option, file, `${JSON.stringify(value, null, 2)}\n`)
  if (out !== undefined) await write('--out', out, writeSavedMappings(mappings))
  if (terraform !== undefined) await write('--terraform', terraform, writeTerraform(mappings))
  if (report !== undefined) {
    const { renderSuggestions } = await import('./html/SuggestionsPage')
    await writeText('--report', report, renderSuggestions(suggestions))
  }
}
