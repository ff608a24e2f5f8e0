/**
 * Writes the `generated-types.ts` of the destination and of each action byte for byte as Segment's own generator does,
 * which is not published: the folder then is up to date when it arrives there.
 */
import { join } from 'node:path'
import type { GlobalSetting, InputField } from '@segment/actions-core'
import { fieldsToJsonSchema, omit } from '@segment/actions-core'
import { compile } from 'json-schema-to-typescript'
import topsort from '../src/destinations/topsort'
import { updateFiles } from './generated-file'

const DESTINATION = join(__dirname, '../src/destinations/topsort')

type Schema = ReturnType<typeof fieldsToJsonSchema>

/** The source of a types file: an interface for the fields, as the framework sees them. */
async function typesOf(
  name: 'Settings' | 'Payload',
  fields: Record<string, InputField | GlobalSetting>
): Promise<string> {
  return compile(anonymous(fieldsToJsonSchema(fields, { tsType: true })), name, {
    bannerComment: '// Generated file. DO NOT MODIFY IT BY HAND.',
    style: { semi: false, singleQuote: true, trailingComma: 'none', printWidth: 120 }
  })
}

/** A schema without titles and enums, for which there would be types of their own. */
function anonymous(schema: Schema): Schema {
  const { items, properties } = schema
  return {
    ...omit(schema, ['title', 'enum']),
    ...(items && !Array.isArray(items) && { items: anonymous(items) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, field]) => [key, anonymous(field)]))
    })
  }
}

async function main(): Promise<void> {
  const files = new Map<string, string>()
  files.set(join(DESTINATION, 'generated-types.ts'), await typesOf('Settings', topsort.authentication?.fields ?? {}))
  for (const [action, { fields }] of Object.entries(topsort.actions)) {
    files.set(join(DESTINATION, action, 'generated-types.ts'), await typesOf('Payload', fields))
  }
  updateFiles(files, 'npm run types')
}

void main()
