/** Writes the destination's `metadata.json`. The CI of Segment's repository fails if it is missing or stale. */
import { join } from 'node:path'
import topsort from '../src/destinations/topsort'
import { updateFiles } from './generated-file'
import { toMetadataFile } from './metadata'

const FILE = join(__dirname, '../src/destinations/topsort/metadata.json')

updateFiles(new Map([[FILE, toMetadataFile(topsort)]]), 'npm run metadata')
