import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { Hono } from 'hono'
import { InputError, isObject } from '../core'
import { readFilters, readSavedMappings, writeSavedMappings } from '../pipeline'
import type { Pipeline } from '../pipeline'
import { describeDefinition, describeSettings } from './definition'
import type { History } from './history'
import { readSwitches, toMappingEntries } from './mapping-entries'
import { previewMapping } from './preview'
import { readInput } from './read-input'
import { samples } from './samples'

/** The parts that the routes use. */
export type MappingRoutesParts = {
  definition: DestinationDefinition<JSONObject>
  pipeline: Pipeline
  history: History
}

/** Creates the routes of mappings, filters, settings, previews and samples, relative to `/workbench`. */
export function createMappingRoutes({ definition, pipeline, history }: MappingRoutesParts): Hono {
  const routes = new Hono()

  routes.get('/mappings', (c) => {
    const format = c.req.query('format') ?? 'ours'
    if (format === 'segment') return c.json(writeSavedMappings(pipeline.mappings()))
    if (format !== 'ours') throw new InputError(`There is no format "${format}". The formats are: ours, segment.`)
    return c.json(toMappingEntries(pipeline.mappings()))
  })

  routes.put('/mappings', async (c) => {
    const input = await readInput(c.req.raw)
    const switches = readSwitches(input)
    if (switches) pipeline.switchMappings(switches)
    else pipeline.replaceMappings(readSavedMappings(input, definition))
    return c.json(toMappingEntries(pipeline.mappings()))
  })

  routes.get('/filters', (c) => c.json(pipeline.filters()))

  routes.put('/filters', async (c) => {
    pipeline.replaceFilters(await readInput(c.req.raw))
    return c.json(pipeline.filters())
  })

  routes.post('/preview', async (c) => {
    const mappings = readSavedMappings(readMappingsOf(await readInput(c.req.raw)), definition)
    const filters = readFilters(pipeline.filters())
    const parts = { definition, settings: pipeline.settings(), mappings: pipeline.mappings(), filters, history }
    return c.json(await Promise.all(mappings.map((mapping) => previewMapping(mapping, parts))))
  })

  routes.get('/definition', (c) => c.json(describeDefinition(definition)))

  routes.get('/samples', (c) => c.json(samples))

  routes.get('/settings', (c) => c.json(describeSettings(definition, pipeline.settings())))

  routes.put('/settings', async (c) => {
    pipeline.changeSettings(readSettings(await readInput(c.req.raw), definition))
    return c.json(describeSettings(definition, pipeline.settings()))
  })

  return routes
}

function readMappingsOf(input: unknown): unknown {
  const { mappings } = Object(input) as { mappings?: unknown }
  if (Array.isArray(mappings)) return mappings
  throw new InputError('The body must be {"mappings": [{"name", "action", "trigger", "enabled", "mapping"}]}.')
}

/**
 * Reads new values of settings. A secret cannot be set.
 *
 * @throws InputError that names the setting
 */
export function readSettings(input: unknown, definition: MappingRoutesParts['definition']): JSONObject {
  if (!isObject(input)) {
    throw new InputError('The body must be an object with a value for each setting: {"skipZeroPricePurchases": false}.')
  }
  const known = describeSettings(definition, {})
  for (const [key, value] of Object.entries(input as JSONObject)) {
    const setting = known.find((candidate) => candidate.key === key)
    if (!setting) {
      throw new InputError(
        `There is no setting "${key}" that can be changed here. The settings are: ${known.map((other) => other.key).join(', ')}.`
      )
    }
    if (typeof value !== setting.type) throw new InputError(`The setting "${key}" must be a ${setting.type}.`)
  }
  return input as JSONObject
}
