import topsort from '../../src/destinations/topsort'
import { brokenPromises, mistakes } from '../../scripts/definition-problems'
import surface from './live-surface.json'

type Definition = Parameters<typeof mistakes>[0]
/** The definition, open to any change. */
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

describe('what customers have saved', () => {
  test('goes on working', () => {
    expect(brokenPromises(topsort, surface)).toEqual([])
  })

  test.each<[string, (definition: Changeable) => void, string]>([
    ['a new name', (d) => (d.name = 'Topsort Ads'), 'the name is no longer Topsort'],
    [
      'a lost setting',
      (d) => delete d.authentication.fields.skipZeroPricePurchases,
      'setting skipZeroPricePurchases is gone'
    ],
    ['a lost action', (d) => delete d.actions.pageviews, 'the action pageviews is gone'],
    ['a lost field', (d) => delete d.actions.click.fields.placement, 'click: placement is gone'],
    [
      'a lost property',
      (d) => delete (d.actions.click.fields.placement.properties as Record<string, unknown>).pageSize,
      'click: placement. pageSize is gone'
    ],
    [
      'a retyped field',
      (d) => (d.actions.purchase.fields.items.type = 'string'),
      'purchase: items was a object and is a string'
    ],
    [
      'a list that is none any more',
      (d) => delete d.actions.purchase.fields.items.multiple,
      'purchase: items takes no list any more'
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
      'a new field that is required',
      (d) => (d.actions.click.fields.currency = { type: 'string', required: true }),
      'click: currency is new and required'
    ],
    [
      'an object that drops unknown keys',
      (d) => (d.actions.click.fields.dspMetadata.properties = {}),
      'click: dspMetadata drops unknown keys now'
    ],
    [
      'choices, which fail an event for any other value',
      (d) => (d.actions.click.fields.channel.choices = ['onsite']),
      'click: channel takes fewer values now'
    ],
    ['a lost preset', (d) => d.presets.pop(), 'the preset Page Views is gone, or is another'],
    [
      'another subscription',
      (d) => (d.presets[0].subscribe = 'type = "track" and event = "Product Added"'),
      'the preset Impression is gone, or is another'
    ]
  ])('is broken by %s', (_, change, problem) => {
    expect(brokenPromises(changed(change), surface)).toEqual([problem])
  })

  test('is not broken by what is new, wider, or no longer required', () => {
    const definition = changed(({ actions }) => {
      actions.click.fields.id.required = false
      actions.click.fields.channel.multiple = true
      actions.click.fields.currency = { type: 'string', required: false }
      actions.wishlist = { title: 'Wishlist', description: '', fields: {} }
    })
    expect(brokenPromises(definition, surface)).toEqual([])
  })
})

describe("Segment's own validation", () => {
  test('finds nothing wrong', () => {
    expect(mistakes(topsort)).toEqual([])
  })

  test.each<[string, (definition: Changeable) => void, string]>([
    [
      'a key that can be read',
      (d) => (d.authentication.fields.api_key.type = 'string'),
      'setting api_key is no password'
    ],
    ['an action without a description', (d) => (d.actions.click.description = ''), 'action click has no description'],
    [
      'a field without a description',
      (d) => delete d.actions.click.fields.id.description,
      'click: id has no description'
    ],
    ['a field without a label', (d) => delete d.actions.click.fields.id.label, 'click: id has no label'],
    ['two actions of one title', (d) => (d.actions.click.title = 'Impression'), 'two actions are titled Impression'],
    [
      'a default of another type',
      (d) => (d.actions.click.fields.batch_size.default = 'many'),
      'click: batch_size has a default of another type'
    ],
    [
      'a preset for no action',
      (d) => (d.presets[0].partnerAction = 'view'),
      'preset Impression is for view, which is no action'
    ],
    [
      'a preset that maps no field',
      (d) => (d.presets[0].mapping = { price: 1 }),
      'preset Impression maps price, which is no field'
    ],
    [
      'a subscription that does not parse',
      (d) => (d.presets[0].subscribe = 'type = "track" and ('),
      'preset Impression has a subscription that does not parse'
    ]
  ])('finds %s', (_, change, mistake) => {
    expect(mistakes(changed(change))).toEqual([expect.stringContaining(mistake)])
  })
})
