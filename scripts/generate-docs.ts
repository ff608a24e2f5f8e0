/**
 * Writes what comes from the code in `docs`: `fields.md`, `messages.md`, the findings in `findings.md`, and the tables of
 * the options of commands.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { OPTIONS as PREFLIGHT_OPTIONS } from '../src/archive/preflight/arguments'
import { OPTIONS as REPLAY_OPTIONS } from '../src/archive/replay/arguments'
import { OPTIONS as SUGGEST_OPTIONS } from '../src/archive/suggest/arguments'
import topsort from '../src/destinations/topsort'
import { OPTIONS as START_OPTIONS, VARIABLES } from '../src/workbench/arguments'
import { toFieldsPage } from './docs/fields-page'
import { replaceFindings } from './docs/findings-page'
import { toMessagesPage } from './docs/messages-page'
import { replaceOptions } from './docs/options-tables'
import { updateFiles } from './generated-file'

const DOCS = join(__dirname, '../docs')

async function main(): Promise<void> {
  const read = (name: string): string => readFileSync(join(DOCS, name), 'utf8')
  const pages = {
    'fields.md': toFieldsPage(topsort),
    'messages.md': toMessagesPage(),
    'findings.md': replaceFindings(read('findings.md')),
    'workbench.md': replaceOptions(read('workbench.md'), START_OPTIONS, VARIABLES),
    'preflight.md': replaceOptions(read('preflight.md'), PREFLIGHT_OPTIONS),
    'suggest.md': replaceOptions(read('suggest.md'), SUGGEST_OPTIONS),
    'replay.md': replaceOptions(read('replay.md'), REPLAY_OPTIONS)
  }
  const files = new Map<string, string>()
  for (const [name, page] of Object.entries(pages)) {
    const file = join(DOCS, name)
    files.set(file, await format(page, { ...(await resolveConfig(file)), parser: 'markdown' }))
  }
  updateFiles(files, 'npm run docs')
}

void main()
