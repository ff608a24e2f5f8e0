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
import { readText } from '../command'

/** Reads the customer's mappings, or those of a new customer if there is no file. @throws InputError */
export async function readMappingsFile(file: string | undefined): Promise<Mapping[]> {
  if (file === undefined) return presetMappings(topsort)
  return readSetting('--mappings', file, (text) => readSavedMappings(text, topsort))
}

/** Reads the customer's destination filters, or none if there is no file. @throws InputError */
export async function readFiltersFile(file: string | undefined): Promise<Filter[]> {
  return file === undefined ? [] : readSetting('--filters', file, readFilters)
}

/** Reads the attribution settings, or Topsort's defaults if there is no file. @throws InputError */
export async function readAttributionFile(file: string | undefined): Promise<AttributionSettings> {
  if (file === undefined) return DEFAULT_SETTINGS
  return readSetting('--attribution', file, (text) => changeSettings(DEFAULT_SETTINGS, parseChanges(text)))
}

function parseChanges(text: string): ReturnType<typeof parseAttributionSettings> {
  try {
    return parseAttributionSettings(JSON.parse(text))
  } catch (error) {
    throw new InputError(`${(error as Error).message}.`)
  }
}

/** Reads the file of an option. Says in which file an invalid value is. */
async function readSetting<Value>(option: string, file: string, read: (text: string) => Value): Promise<Value> {
  const text = await readText(file, `${option} ${file}`)
  try {
    return read(text)
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${file}: ${error.message}`, { cause: error })
    throw error
  }
}
