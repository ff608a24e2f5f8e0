import { readFile } from 'node:fs/promises'
import topsort from '../../destinations/topsort'
import { InputError } from '../../core'
import { presetMappings, readFilters, readSavedMappings } from '../../pipeline'
import type { Filter, Mapping } from '../../pipeline'

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
