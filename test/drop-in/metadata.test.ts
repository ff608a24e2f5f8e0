import type { DestinationDefinition, InputField } from '@segment/actions-core'
import { toMetadataFile } from '../../scripts/metadata'

type Metadata = {
  authentication: { fields: Record<string, object> } | null
  actions: Record<string, { fields: Record<string, Record<string, unknown>> }>
  presets: object[]
}

const TEXT: InputField = { label: 'Text', description: 'A text.', type: 'string' }

/** Creates a destination with one action that has one field. */
function createDestination(field: InputField = TEXT, changes: object = {}): DestinationDefinition<never> {
  return {
    name: 'Shop',
    slug: 'actions-shop',
    mode: 'cloud',
    description: 'Reports events.',
    actions: { click: { title: 'Click', description: 'Reports a click.', fields: { field }, perform: () => null } },
    ...changes
  }
}

function readMetadata(definition: DestinationDefinition<never>): Metadata {
  return JSON.parse(toMetadataFile(definition)) as Metadata
}

function describeField(field: Partial<InputField>): Record<string, unknown> {
  return readMetadata(createDestination({ ...TEXT, ...field })).actions.click.fields.field
}

/** The JSON of a field that has only a label, a description and a type, in the order of Segment's keys. */
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

test("metadata.json has all keys in Segment's order, even without a value", () => {
  expect(toMetadataFile(createDestination())).toBe(`{
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

test('a field keeps all of its values, and unsafe_hidden is renamed to hidden', () => {
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
  expect(describeField({ ...set, unsafe_hidden: true })).toEqual({
    ...describeField({}),
    ...set,
    hidden: true
  })
})

test('a default of false, 0 or empty text is kept', () => {
  expect([false, 0, ''].map((value) => describeField({ default: value }).default)).toEqual([false, 0, ''])
})

test('choices are objects with a label and a value, and an empty list of choices is null', () => {
  expect(describeField({ choices: ['a', 'b'] }).choices).toEqual([
    { label: 'a', value: 'a' },
    { label: 'b', value: 'b' }
  ])
  expect(describeField({ choices: [{ label: 'One', value: 1 }] }).choices).toEqual([{ label: 'One', value: 1 }])
  expect(describeField({ choices: [] }).choices).toBeNull()
})

test('properties have the same format as fields at any depth, but only in objects', () => {
  const properties = { outer: { ...TEXT, type: 'object' as const, properties: { inner: TEXT } } }

  const { outer } = describeField({ type: 'object', properties }).properties as Record<string, Record<string, unknown>>
  expect(outer.properties).toEqual({ inner: JSON.parse(BARE_FIELD) as unknown })
  expect(describeField({ properties }).properties).toBeNull()
})

test("a setting has eight keys in Segment's order", () => {
  const authentication = {
    scheme: 'custom',
    fields: { key: { ...TEXT, type: 'password', required: true }, skip: { ...TEXT, type: 'boolean', default: false } }
  }
  const written = readMetadata(createDestination(TEXT, { authentication })).authentication
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

test('an action has its default subscription, and whether it has performBatch', () => {
  const definition = createDestination()
  const action = { ...definition.actions.click, performBatch: () => null, defaultSubscription: 'type = "track"' }
  expect(readMetadata({ ...definition, actions: { click: action } }).actions.click).toEqual({
    ...readMetadata(definition).actions.click,
    hasPerformBatch: true,
    defaultSubscription: 'type = "track"'
  })
})

test("a preset has six keys in Segment's order", () => {
  const presets = [
    { mapping: { id: 1 }, subscribe: 'type = "track"', partnerAction: 'click', type: 'automatic', name: 'C' }
  ]
  expect(JSON.stringify(readMetadata(createDestination(TEXT, { presets })).presets)).toBe(
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
