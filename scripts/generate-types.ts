/** Writes the `generated-types.ts` of the destination and of each action: `npm run types`. */
import { join } from 'node:path'
import { compile } from 'json-schema-to-typescript'
import { updateFiles } from './generated-file'
import { toTypeFiles } from './type-files'

const DESTINATION = join(__dirname, '../src/destinations/topsort')

async function main(): Promise<void> {
  const files = [...(await toTypeFiles(compile))].map(([file, content]) => [join(DESTINATION, file), content] as const)
  updateFiles(new Map(files), 'npm run types')
}

void main()
