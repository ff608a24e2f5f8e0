/**
 * Writes the `generated-types.ts` of the destination and of each action. Segment's generator is not published. This one
 * writes the same bytes, because the CI of Segment's repository compares them.
 */
import { join } from 'node:path'
import type { GlobalSetting, InputField } from '@segment/actions-core'
import { fieldsToJsonSchema, omit } from '@segment/actions-core'
import { compile } from 'json-schema-to-typescript'
import topsort from '../src/destinations/topsort'
import { updateFiles } from './generated-file'

const DESTINATION = join(__dirname, '../src/destinations/topsort')

type Schema = ReturnType<typeof fieldsToJsonSchema>

/** Returns the source of a types file: an interface for the fields. */
async function toTypes(
  name: 'Settings' | 'Payload',
  fields: Record<string, InputField | GlobalSetting>
): Promise<string> {
  return compile(removeNames(fieldsToJsonSchema(fields, { tsType: true })), name, {
    bannerComment: '// Generated file. DO NOT MODIFY IT BY HAND.',
    style: { semi: false, singleQuote: true, trailingComma: 'none', printWidth: 120 }
  })
}

/** Removes titles and enums from a schema, because the compiler would generate separate types for them. */
function removeNames(schema: Schema): Schema {
  const { items, properties } = schema
  return {
    ...omit(schema, ['title', 'enum']),
    ...(items && !Array.isArray(items) && { items: removeNames(items) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, field]) => [key, removeNames(field)]))
    })
  }
}

async function main(): Promise<void> {
  const files = new Map<string, string>()
  files.set(join(DESTINATION, 'generated-types.ts'), await toTypes('Settings', topsort.authentication?.fields ?? {}))
  for (const [action, { fields }] of Object.entries(topsort.actions)) {
    files.set(join(DESTINATION, action, 'generated-types.ts'), await toTypes('Payload', fields))
  }
  updateFiles(files, 'npm run types')
}

void main()
