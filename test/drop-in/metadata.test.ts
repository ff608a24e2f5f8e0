import type { DestinationDefinition, InputField } from '@segment/actions-core'
import { toMetadataFile } from '../../scripts/metadata'

type Metadata = {
  authentication: { fields: Record<string, object> } | null
  actions: Record<string, { fields: Record<string, Record<string, unknown>> }>
  presets: object[]
}

const TEXT: InputField = { label: 'Text', description: 'A text.', type: 'string' }

/** A destination with one action, which has one field. */
function destination(field: InputField = TEXT, changes: object = {}): DestinationDefinition<never> {
  return {
    name: 'Shop',
    slug: 'actions-shop',
    mode: 'cloud',
    description: 'Reports events.',
    actions: { click: { title: 'Click', description: 'Reports a click.', fields: { field }, perform: () => null } },
    ...changes
  }
}

function metadataOf(definition: DestinationDefinition<never>): Metadata {
  return JSON.parse(toMetadataFile(definition)) as Metadata
}

function describedField(field: Partial<InputField>): Record<string, unknown> {
  return metadataOf(destination({ ...TEXT, ...field })).actions.click.fields.field
}

/** A field that sets nothing but its label, description and type, as JSON and in the order of its keys. */
const BARE_FIELD = `{
          "label": "Text",
          "description": "A text.",
          "type": "string",
          "required": false,
          "multiple": false,
          "allowNull": false,
          "dynamic": false,
          "default": null,
          "choices": null,
          "placeholder": null,
          "properties": null,
          "category": null,
          "depends_on": null,
          "readOnly": null,
          "hidden": null,
          "minimum": null,
          "maximum": null,
          "defaultObjectUI": null,
          "disabledInputMethods": null,
          "displayMode": null,
          "format": null,
          "additionalProperties": false
        }`

test('metadata.json has a key for everything, set or not, in the order of Segment', () => {
  expect(toMetadataFile(destination())).toBe(`{
  "slug": "actions-shop",
  "name": "Shop",
  "mode": "cloud",
  "description": "Reports events.",
  "authentication": null,
  "audienceConfig": null,
  "actions": {
    "click": {
      "title": "Click",
      "description": "Reports a click.",
      "platform": "cloud",
      "defaultSubscription": null,
      "hidden": false,
      "hasPerformBatch": false,
      "syncMode": null,
      "hooks": null,
      "dynamicFields": null,
      "fields": {
        "field": ${BARE_FIELD}
      }
    }
  },
  "presets": []
}
`)
})

test('a field keeps what it sets, and hidden stands for unsafe_hidden', () => {
  const set: Partial<InputField> = {
    required: { conditions: [{ fieldKey: 'other', operator: 'is', value: 'x' }] },
    multiple: true,
    allowNull: true,
    dynamic: true,
    default: { '@path': '$.properties.text' },
    placeholder: 'a text',
    category: 'data',
    depends_on: { conditions: [{ fieldKey: 'other', operator: 'is', value: 'x' }] },
    readOnly: true,
    minimum: 1,
    maximum: 50,
    defaultObjectUI: 'keyvalue',
    disabledInputMethods: ['literal'],
    displayMode: 'collapsed',
    format: 'uri',
    additionalProperties: true
  }
  expect(describedField({ ...set, unsafe_hidden: true })).toEqual({
    ...describedField({}),
    ...set,
    hidden: true
  })
})

test('a default of false, 0 or empty text is kept', () => {
  expect([false, 0, ''].map((value) => describedField({ default: value }).default)).toEqual([false, 0, ''])
})

test('choices are pairs of a label and a value, and no choices are null', () => {
  expect(describedField({ choices: ['a', 'b'] }).choices).toEqual([
    { label: 'a', value: 'a' },
    { label: 'b', value: 'b' }
  ])
  expect(describedField({ choices: [{ label: 'One', value: 1 }] }).choices).toEqual([{ label: 'One', value: 1 }])
  expect(describedField({ choices: [] }).choices).toBeNull()
})

test('properties are fields of the same shape, in objects only and at any depth', () => {
  const properties = { outer: { ...TEXT, type: 'object' as const, properties: { inner: TEXT } } }

  const { outer } = describedField({ type: 'object', properties }).properties as Record<string, Record<string, unknown>>
  expect(outer.properties).toEqual({ inner: JSON.parse(BARE_FIELD) as unknown })
  expect(describedField({ properties }).properties).toBeNull()
})

test('a setting has eight keys, in the order of Segment', () => {
  const authentication = {
    scheme: 'custom',
    fields: { key: { ...TEXT, type: 'password', required: true }, skip: { ...TEXT, type: 'boolean', default: false } }
  }
  const written = metadataOf(destination(TEXT, { authentication })).authentication
  expect(JSON.stringify(written)).toBe(
    JSON.stringify({
      scheme: 'custom',
      fields: {
        key: {
          label: 'Text',
          description: 'A text.',
          type: 'password',
          required: true,
          multiple: false,
          choices: null,
          default: null,
          depends_on: null
        },
        skip: {
          label: 'Text',
          description: 'A text.',
          type: 'boolean',
          required: false,
          multiple: false,
          choices: null,
          default: false,
          depends_on: null
        }
      }
    })
  )
})

test('an action says whether it has performBatch, and which events it takes by default', () => {
  const definition = destination()
  const action = { ...definition.actions.click, performBatch: () => null, defaultSubscription: 'type = "track"' }
  expect(metadataOf({ ...definition, actions: { click: action } }).actions.click).toEqual({
    ...metadataOf(definition).actions.click,
    hasPerformBatch: true,
    defaultSubscription: 'type = "track"'
  })
})

test('a preset has six keys, in the order of Segment', () => {
  const presets = [
    { mapping: { id: 1 }, subscribe: 'type = "track"', partnerAction: 'click', type: 'automatic', name: 'C' }
  ]
  expect(JSON.stringify(metadataOf(destination(TEXT, { presets })).presets)).toBe(
    JSON.stringify([
      {
        name: 'C',
        type: 'automatic',
        partnerAction: 'click',
        subscribe: 'type = "track"',
        mapping: { id: 1 },
        eventSlug: null
      }
    ])
  )
})
