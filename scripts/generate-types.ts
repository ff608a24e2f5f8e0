/**
 * Writes the `generated-types.ts` of the destination and of each action as Segment's own generator does, so that the
 * folder is up to date when it arrives there. With `--check` it writes nothing and fails when a file is stale.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { GlobalSetting, InputField } from '@segment/actions-core'
import { fieldsToJsonSchema } from '@segment/actions-core'
import type { JSONSchema } from 'json-schema-to-typescript'
import { compile } from 'json-schema-to-typescript'
import topsort from '../src/destinations/topsort'

const DESTINATION = join(__dirname, '../src/destinations/topsort')

/** The source of a types file: one interface, made from the fields as the framework sees them. */
async function typesOf(
  name: 'Settings' | 'Payload',
  fields: Record<string, InputField | GlobalSetting>
): Promise<string> {
  const schema = fieldsToJsonSchema(fields, { tsType: true })
  return compile(withoutNames(schema) as JSONSchema, name, {
    bannerComment: '// Generated file. DO NOT MODIFY IT BY HAND.',
    style: { semi: false, singleQuote: true, trailingComma: 'none', printWidth: 120 }
  })
}

/** A schema without `title` and `enum`, at which json-schema-to-typescript would name types of their own. */
function withoutNames(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutNames)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) =>
      key === 'properties'
        ? [
            [
              key,
              Object.fromEntries(Object.entries(value as object).map(([name, field]) => [name, withoutNames(field)]))
            ]
          ]
        : key === 'title' || key === 'enum' || key === 'default'
          ? []
          : [[key, withoutNames(value)]]
    )
  )
}

async function main(check: boolean): Promise<void> {
  const files = new Map([
    [join(DESTINATION, 'generated-types.ts'), await typesOf('Settings', topsort.authentication?.fields ?? {})]
  ])
  for (const [action, { fields }] of Object.entries(topsort.actions)) {
    files.set(join(DESTINATION, action, 'generated-types.ts'), await typesOf('Payload', fields))
  }
  for (const [file, source] of files) {
    if (existsSync(file) && readFileSync(file, 'utf8') === source) continue
    const name = relative(process.cwd(), file)
    if (check) {
      console.error(`${name} is stale: run npm run types`)
      process.exitCode = 1
    } else {
      writeFileSync(file, source)
      console.log(`wrote ${name}`)
    }
  }
}

void main(process.argv.includes('--check'))
