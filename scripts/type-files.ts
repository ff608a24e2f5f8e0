import { join } from 'node:path'
import type { GlobalSetting, InputField } from '@segment/actions-core'
import { fieldsToJsonSchema, omit } from '@segment/actions-core'
import type { compile } from 'json-schema-to-typescript'
import topsort from '../src/destinations/topsort'

type Schema = ReturnType<typeof fieldsToJsonSchema>

/**
 * Returns the `generated-types.ts` of the destination and of each action, by path in the destination's folder. Segment's
 * generator is not published. This one writes the same bytes, because the CI of Segment's repository compares them.
 *
 * @param compileSchema `compile` of `json-schema-to-typescript`, in the version of this project or of Segment's repository
 */
export async function toTypeFiles(compileSchema: typeof compile): Promise<Map<string, string>> {
  const toTypes = (name: 'Settings' | 'Payload', fields: Record<string, InputField | GlobalSetting>): Promise<string> =>
    compileSchema(removeNames(fieldsToJsonSchema(fields, { tsType: true })), name, {
      bannerComment: '// Generated file. DO NOT MODIFY IT BY HAND.',
      style: { semi: false, singleQuote: true, trailingComma: 'none', printWidth: 120 }
    })

  const files = new Map<string, string>()
  files.set('generated-types.ts', await toTypes('Settings', topsort.authentication?.fields ?? {}))
  for (const [action, { fields }] of Object.entries(topsort.actions)) {
    files.set(join(action, 'generated-types.ts'), await toTypes('Payload', fields))
  }
  return files
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
