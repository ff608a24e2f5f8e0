import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import type { Context } from 'hono'
import { InputError } from '../../core'
import { checkTriggers, readFilterJson, readFilters, readSavedMappings, writeSavedMappings } from '../../pipeline'
import type { Mapping } from '../../pipeline'
import { createSuggester } from '../../suggest'
import type { SuggestionsAnswer } from '../api'
import { describeDefinition, describeSettings, readSettings, readSwitches, toMappingEntries } from '../definition'
import { newestCalls, previewMapping } from '../preview/preview'
import { readInput } from '../net/read-input'
import type { Parts } from '../parts'

/** Creates the handlers of mappings, filters, settings, previews and suggestions. */
export function createMappingRoutes(parts: Parts) {
  const { definition, pipeline, history } = parts

  function show(c: Context): Response {
    const format = c.req.query('format') ?? 'ours'
    if (format === 'segment') return c.json(writeSavedMappings(pipeline.mappings()))
    if (format !== 'ours') throw new InputError(`There is no format "${format}". The formats are: ours, segment.`)
    return c.json(toMappingEntries(pipeline.mappings()))
  }

  async function replace(c: Context): Promise<Response> {
    const input = await readInput(c.req.raw)
    if (c.req.query('check') !== undefined) return c.json(toMappingEntries(readExactMappings(input, definition)))
    const switches = readSwitches(input)
    if (switches) pipeline.switchMappings(switches)
    else pipeline.replaceMappings(readExactMappings(input, definition))
    return c.json(toMappingEntries(pipeline.mappings()))
  }

  const showFilters = (c: Context): Response => c.json(pipeline.filters())

  async function replaceFilters(c: Context): Promise<Response> {
    const input = readFilterJson(await readInput(c.req.raw))
    if (c.req.query('check') !== undefined) {
      readFilters(input)
      return c.json(input as object)
    }
    pipeline.replaceFilters(input)
    return showFilters(c)
  }

  async function preview(c: Context): Promise<Response> {
    const mappings = readExactMappings(readMappingsOf(await readInput(c.req.raw)), definition)
    return c.json(await Promise.all(mappings.map((mapping) => previewMapping(mapping, parts))))
  }

  async function suggest(c: Context): Promise<Response> {
    const calls = newestCalls(history)
    const suggester = createSuggester({
      definition,
      settings: pipeline.settings(),
      mappings: pipeline.mappings(),
      filters: readFilters(pipeline.filters())
    })
    calls.forEach(suggester.observe)
    const { suggestions, mappings, ...others } = await suggester.suggest(() => [calls])
    const answer: SuggestionsAnswer = {
      ...others,
      suggestions: suggestions.map((each) => ({ ...each, mapping: toMappingEntries([each.mapping])[0] })),
      mappings: toMappingEntries(mappings)
    }
    return c.json(answer)
  }

  function showSettings(c: Context): Response {
    return c.json(describeSettings(definition, pipeline.settings()))
  }

  async function changeSettings(c: Context): Promise<Response> {
    pipeline.changeSettings(readSettings(await readInput(c.req.raw), definition))
    return showSettings(c)
  }

  const showDefinition = (c: Context): Response => c.json(describeDefinition(definition))

  return { show, replace, showFilters, replaceFilters, preview, suggest, showDefinition, showSettings, changeSettings }
}

/** Reads mappings whose triggers mean at Segment what they say. @throws InputError */
function readExactMappings(input: unknown, definition: DestinationDefinition<JSONObject>): Mapping[] {
  const mappings = readSavedMappings(input, definition)
  checkTriggers(mappings)
  return mappings
}

function readMappingsOf(input: unknown): unknown {
  const { mappings } = Object(input) as { mappings?: unknown }
  if (Array.isArray(mappings)) return mappings
  throw new InputError('The body must be {"mappings": [{"name", "action", "trigger", "enabled", "mapping"}]}.')
}
