import topsort from '../../src/destinations/topsort'
import { findBrokenPromises, findMistakes } from '../../scripts/definition-problems'
import surface from './live-surface.json'

type Definition = Parameters<typeof findMistakes>[0]
/** The definition with types that allow any change. */
type Changeable = {
  name: string
  actions: Record<string, { title: string; description: string; fields: Record<string, Record<string, unknown>> }>
  presets: Record<string, unknown>[]
  authentication: { fields: Record<string, Record<string, unknown>> }
}

function changed(change: (definition: Changeable) => void): Definition {
  const { actions, authentication, presets, name, slug, mode } = topsort
  const copy = JSON.parse(JSON.stringify({ actions, authentication, presets, name, slug, mode })) as Changeable
  change(copy)
  return copy as unknown as Definition
}

function property(field: Record<string, unknown>, name: string): Record<string, unknown> {
  return (field.properties as Record<string, Record<string, unknown>>)[name]
}

describe('the check of saved settings and mappings', () => {
  test('finds nothing broken in the definition', () => {
    expect(findBrokenPromises(topsort, surface)).toEqual([])
  })

  test.each<[string, (definition: Changeable) => void, string]>([
    ['a new name', (d) => (d.name = 'Topsort Ads'), 'the name is no longer Topsort'],
    [
      'a lost setting',
      (d) => delete d.authentication.fields.skipZeroPricePurchases,
      'setting skipZeroPricePurchases is gone'
    ],
    ['a lost action', (d) => delete d.actions.pageviews, 'action pageviews is gone'],
    ['a lost field', (d) => delete d.actions.click.fields.placement, 'click: placement is gone'],
    [
      'a lost property',
      (d) => delete (d.actions.click.fields.placement.properties as Record<string, unknown>).pageSize,
      'click: placement.pageSize is gone'
    ],
    [
      'a retyped field',
      (d) => (d.actions.purchase.fields.items.type = 'string'),
      'purchase: items changed its type from object to string'
    ],
    [
      'a list that became a single value',
      (d) => delete d.actions.purchase.fields.items.multiple,
      'purchase: items no longer takes a list'
    ],
    [
      'a newly required field',
      (d) => (d.actions.click.fields.resolvedBidId.required = true),
      'click: resolvedBidId is newly required'
    ],
    [
      'a field required on a condition',
      (d) => (d.actions.click.fields.resolvedBidId.required = { conditions: [] }),
      'click: resolvedBidId is newly required'
    ],
    [
      'a new required field',
      (d) => (d.actions.click.fields.currency = { type: 'string', required: true }),
      'click: currency is new and required'
    ],
    [
      'an object that drops unknown keys',
      (d) => (d.actions.click.fields.dspMetadata.properties = {}),
      'click: dspMetadata drops unknown keys, because it has properties now'
    ],
    [
      'an object that drops a key that Topsort takes',
      (d) => delete (d.actions.click.fields.additionalAttribution.properties as Record<string, unknown>).type,
      'click: additionalAttribution drops the key type'
    ],
    [
      'choices, which fail an event for any other value',
      (d) => (d.actions.click.fields.channel.choices = ['onsite']),
      'click: channel takes fewer values than before'
    ],
    ['a lost preset', (d) => d.presets.pop(), 'preset Page Views is gone or has changed'],
    [
      'another subscription',
      (d) => (d.presets[0].subscribe = 'type = "track" and event = "Product Added"'),
      'preset Impression is gone or has changed'
    ]
  ])('reports %s', (_, change, problem) => {
    expect(findBrokenPromises(changed(change), surface)).toEqual([problem])
  })

  test('allows new optional fields, wider fields, and fields that are no longer required', () => {
    const definition = changed(({ actions }) => {
      actions.click.fields.id.required = false
      actions.click.fields.channel.multiple = true
      actions.click.fields.currency = { type: 'string', required: false }
      actions.wishlist = { title: 'Wishlist', description: '', fields: {} }
    })
    expect(findBrokenPromises(definition, surface)).toEqual([])
  })
})

describe('the validation of the definition', () => {
  test('finds no mistake in the definition', () => {
    expect(findMistakes(topsort)).toEqual([])
  })

  test.each<[string, (definition: Changeable) => void, string]>([
    [
      'an API key that is not a password',
      (d) => (d.authentication.fields.api_key.type = 'string'),
      'setting api_key is a secret, but its type is not password'
    ],
    ['an action without a description', (d) => (d.actions.click.description = ''), 'action click has no description'],
    [
      'a field without a description',
      (d) => delete d.actions.click.fields.id.description,
      'click: id has no description'
    ],
    ['a field without a label', (d) => delete d.actions.click.fields.id.label, 'click: id has no label'],
    [
      'two actions with one title',
      (d) => (d.actions.click.title = 'Impression'),
      'two actions have the title Impression'
    ],
    [
      'two fields with one label',
      (d) => (d.actions.click.fields.channel.label = 'Device Type'),
      'click: two fields have the label Device Type'
    ],
    [
      'a property with the label of a field',
      (d) => (property(d.actions.click.fields.placement, 'productId').label = 'Product ID'),
      'click: two fields have the label Product ID'
    ],
    [
      'a property of a list with the label of a field',
      (d) => (property(d.actions.purchase.fields.items, 'unitPrice').label = 'Currency'),
      'purchase: two fields have the label Currency'
    ],
    [
      'two properties of a list with one label',
      (d) => (property(d.actions.purchase.fields.items, 'unitPrice').label = 'Quantity'),
      'purchase: two fields have the label Quantity'
    ],
    [
      'a default of another type',
      (d) => (d.actions.click.fields.batch_size.default = 'many'),
      'click: batch_size has a default of another type'
    ],
    [
      'a preset for an unknown action',
      (d) => (d.presets[0].partnerAction = 'view'),
      'preset Impression is for the action view, which does not exist'
    ],
    [
      'a preset that maps an unknown field',
      (d) => (d.presets[0].mapping = { price: 1 }),
      'preset Impression maps the field price, which does not exist'
    ],
    [
      'a subscription that does not parse',
      (d) => (d.presets[0].subscribe = 'type = "track" and ('),
      'preset Impression has a subscription that does not parse'
    ]
  ])('finds %s', (_, change, mistake) => {
    expect(findMistakes(changed(change))).toEqual([expect.stringContaining(mistake)])
  })

  test('allows the same label in two lists', () => {
    const definition = changed(({ actions }) => {
      actions.purchase.fields.returns = { ...actions.purchase.fields.items, label: 'Returned Items' }
    })
    expect(findMistakes(definition)).toEqual([])
  })
})
