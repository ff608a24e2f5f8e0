/** Writes the pages of `docs` that come from the code: `fields.md` and `messages.md`. */
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import topsort from '../src/destinations/topsort'
import { toFieldsPage } from './docs/fields-page'
import { toMessagesPage } from './docs/messages-page'
import { updateFiles } from './generated-file'

const DOCS = join(__dirname, '../docs')

async function main(): Promise<void> {
  const pages = { 'fields.md': toFieldsPage(topsort), 'messages.md': toMessagesPage() }
  const files = new Map<string, string>()
  for (const [name, page] of Object.entries(pages)) {
    const file = join(DOCS, name)
    files.set(file, await format(page, { ...(await resolveConfig(file)), parser: 'markdown' }))
  }
  updateFiles(files, 'npm run docs')
}

void main()
