import { readFile } from 'node:fs/promises'
import topsort from '../../destinations/topsort'
import { InputError } from '../../core'
import { presetMappings, readFilters, readSavedMappings } from '../../pipeline'
import type { Filter, Mapping } from '../../pipeline'
import {
  type AttributionSettings,
  changeSettings,
  DEFAULT_SETTINGS,
  parseAttributionSettings
} from '../../sandbox/attribution'

/** Reads the customer's mappings, or those of a new customer if there is no file. @throws InputError */
export async function readMappingsFile(file: string | undefined): Promise<Mapping[]> {
  if (file === undefined) return presetMappings(topsort)
  const text = await readText('--mappings', file)
  return inFile(file, () => readSavedMappings(text, topsort))
}

/** Reads the customer's destination filters, or none if there is no file. @throws InputError */
export async function readFiltersFile(file: string | undefined): Promise<Filter[]> {
  if (file === undefined) return []
  const text = await readText('--filters', file)
  return inFile(file, () => readFilters(text))
}

/** Reads the attribution settings, or Topsort's defaults if there is no file. @throws InputError */
export async function readAttributionFile(file: string | undefined): Promise<AttributionSettings> {
  if (file === undefined) return DEFAULT_SETTINGS
  const text = await readText('--attribution', file)
  return inFile(file, () => changeSettings(DEFAULT_SETTINGS, parseChanges(text)))
}

function parseChanges(text: string): ReturnType<typeof parseAttributionSettings> {
  try {
    return parseAttributionSettings(JSON.parse(text))
  } catch (error) {
    throw new InputError(`${(error as Error).message}.`)
  }
}

async function readText(option: string, file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new InputError(`${option} ${file} cannot be read: ${(error as Error).message}.`)
  })
}

/** Says in which file an invalid value is. */
function inFile<Value>(file: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${file}: ${error.message}`, { cause: error })
    throw error
  }
}
