import { InputError } from '../../src/core'
import { presetMappings, readSavedMappings, writeSavedMappings, writeTerraform } from '../../src/pipeline'
import topsort from '../../src/destinations/topsort'

const trigger = 'type = "track" and event = "Product Clicked"'
const settings = { id: { '@path': '$.messageId' } }
const read = (value: unknown) => readSavedMappings(value, topsort)
const click = { name: 'Click', partnerAction: 'click', subscribe: trigger, enabled: true, mapping: settings }

/** The answer of Segment's Public API, with all that it has. */
const publicApi = (changes: object = {}) => ({
  data: {
    subscriptions: [
      {
        id: 's1',
        name: 'Click',
        actionId: 'a1',
        actionSlug: 'click',
        destinationId: 'd1',
        modelId: '',
        enabled: true,
        trigger,
        settings,
        ...changes
      }
    ],
    pagination: { current: 'MA==', totalEntries: 1 }
  }
})

describe('each shape is read', () => {
  const attributes = { name: 'Click', action_id: 'a1', enabled: true, trigger, settings: JSON.stringify(settings) }
  const type = 'segment_destination_subscription'

  test.each([
    ['our own', [{ name: 'Click', action: 'click', trigger, enabled: true, mapping: settings }]],
    [
      "our own with Segment's names",
      [{ name: 'Click', partnerAction: 'click', subscribe: trigger, mapping: settings }]
    ],
    ['the Public API', publicApi()],
    ['the list of the Public API alone', publicApi().data.subscriptions],
    ['one subscription of the Public API', { data: { subscription: publicApi().data.subscriptions[0] } }],
    ['terraform show', { values: { root_module: { resources: [{ type, address: 'x', values: attributes }] } } }],
    [
      'terraform show of a plan with modules',
      { planned_values: { root_module: { child_modules: [{ resources: [{ type, values: attributes }] }] } } }
    ],
    ["Terraform's state", { version: 4, resources: [{ type, name: 'x', instances: [{ attributes }] }] }],
    ['.tf.json', { resource: { [type]: { x: { ...attributes, settings } } } }],
    ['.tf.json with lists', { resource: [{ [type]: [{ x: [attributes] }] }] }]
  ])('each shape is read: %s', (_, value) => {
    expect(read(value)).toEqual([click])
    expect(read(JSON.stringify(value))).toEqual([click])
  })

  test('what was written is read again', () => {
    const presets = presetMappings(topsort)
    expect(read(writeSavedMappings(presets))).toEqual(presets)
    expect(read(writeTerraform(presets))).toEqual(presets)
  })

  test("Terraform's resources have labels of their own, and know their action whatever the name is", () => {
    const mappings = ['Clicks of the app', 'clicks: of the app', '2 für Österreich'].map((name) => ({ ...click, name }))
    const { resource, variable } = writeTerraform(mappings)
    expect(Object.keys(resource.segment_destination_subscription)).toEqual([
      'clicks_of_the_app',
      'clicks_of_the_app_2',
      'mapping_2_f_r_sterreich'
    ])
    expect(Object.keys(variable)).toEqual(['destination_id', 'topsort_action_click'])
    expect(read(writeTerraform(mappings))).toEqual(mappings)
  })

  test('what Terraform would evaluate is written as text', () => {
    const mapping = { ...click, mapping: { id: 'a ${b} %{c}' } }
    const { click: written } = writeTerraform([mapping]).resource.segment_destination_subscription
    expect(written.settings).toBe('{"id":"a $${b} %%{c}"}')
    expect(read(writeTerraform([mapping]))).toEqual([mapping])
  })
})

test('a mapping without an action is matched by the key or title of an action, or by the name of a preset', () => {
  const named = (name: string) => ({ name, actionId: 'a1', trigger, settings })
  const names = ['impressionsList', 'impressions list', ' banner click ', 'Page Views']
  expect(read(names.map(named)).map(({ partnerAction }) => partnerAction)).toEqual([
    'impressionsList',
    'impressionsList',
    'click',
    'pageviews'
  ])
})

test('equal names get a number, and a mapping without a name has the title of its action', () => {
  const nameless = { action: 'click', trigger }
  expect(read([nameless, nameless, { ...nameless, name: 'Click' }]).map(({ name }) => name)).toEqual([
    'Click',
    'Click (2)',
    'Click (3)'
  ])
})

test('without a mapping, each field of our own shape has its default', () => {
  expect(read([{ action: 'click', trigger }])[0].mapping).toEqual(
    presetMappings(topsort).find(({ name }) => name === 'Click')?.mapping
  )
})

test('what Segment saves beside the fields is accepted', () => {
  const own = { ...settings, __segment_internal_sync_mode: 'add' }
  expect(read(publicApi({ settings: own }))[0].mapping).toEqual(own)
})

test.each([
  [
    'an unknown action',
    publicApi({ actionSlug: 'clik' }),
    /^The mapping "Click" has the action "clik".*impression, .*Correct it/
  ],
  [
    'an action that must be guessed',
    publicApi({ name: 'My ads', actionSlug: undefined }),
    /^The mapping "My ads".*Add "action"/
  ],
  [
    'a trigger that cannot be parsed',
    publicApi({ trigger: 'type ~ 1' }),
    /^The mapping "Click".*trigger.*type ~ 1.*Write it/
  ],
  ['a trigger that no mapping can have', publicApi({ trigger: 'messageId = "1"' }), /trigger that cannot be parsed/],
  ['no trigger', publicApi({ trigger: undefined }), /^The mapping "Click" has no "trigger"/],
  [
    'an unknown field',
    publicApi({ settings: { productid: 'x' } }),
    /field "productid".*"click" does not have.*productId/
  ],
  [
    'an unknown directive',
    publicApi({ settings: { id: { '@pth': 'x' } } }),
    /^The mapping "Click".*"id": .*invalid directive: @pth/
  ],
  ['no settings', publicApi({ settings: undefined }), /^The mapping "Click" has no "settings"/],
  ['settings that are a list', publicApi({ settings: [] }), /settings that are not an object/],
  ['settings that are no JSON', publicApi({ settings: '{' }), /settings that are not JSON/],
  ['settings that are an expression', publicApi({ settings: '${jsonencode({})}' }), /terraform show -json/],
  ['a switch that is text', publicApi({ enabled: 'yes' }), /"enabled" that is not true or false/],
  ['a first page', { data: { subscriptions: [], pagination: { next: 'MQ==' } } }, /first page of several/],
  ['HCL', 'resource "segment_destination_subscription" "x" {}', /terraform show -json/],
  ['Terraform without mappings', { resource: {} }, /no resource of the type segment_destination_subscription/],
  ['another object', { hello: 1 }, /^These are not mappings\. Use a list/],
  ['a list of something else', [7], /^mappings\[0\] is not an object/],
  ['text', 'hello', /not JSON/]
])('%s is refused with the cure', (_, value, message) => {
  expect(() => read(value)).toThrow(InputError)
  expect(() => read(value)).toThrow(message)
})
