import { CompletionContext } from '@codemirror/autocomplete'
import { json } from '@codemirror/lang-json'
import { EditorState } from '@codemirror/state'
import type { FieldEntry } from '../../../workbench/api'
import { completeMapping } from '../complete-mapping'
import { findPosition } from '../position-in-json'

function field(key: string, properties?: FieldEntry[]): FieldEntry {
  return { key, label: key, description: '', type: 'string', required: false, multiple: false, properties }
}

const knowledge = {
  fields: [field('id'), field('items', [field('productId'), field('price')])],
  directives: [{ key: '@path', description: '', example: { '@path': '$.properties.name' } }],
  paths: ['$.anonymousId'],
  itemPaths: ['$.sku']
}

/** `|` is where the cursor is. */
function stateOf(text: string): { state: EditorState; at: number } {
  return { state: EditorState.create({ doc: text.replace('|', ''), extensions: [json()] }), at: text.indexOf('|') }
}

function complete(text: string): string[] | undefined {
  const { state, at } = stateOf(text)
  const result = completeMapping(new CompletionContext(state, at, true), () => knowledge)
  return result?.options.map(({ label }) => label)
}

describe('completeMapping', () => {
  test('completes the fields of the action', () => {
    expect(complete('{"|"}')).toEqual(['id', 'items'])
    expect(complete('{|}')).toEqual(['id', 'items'])
    expect(complete('{"id": "x", "|"}')).toEqual(['id', 'items'])
  })

  test('completes directives as the value of a field', () => {
    expect(complete('{"id": {"|"}}')).toEqual(['@path'])
  })

  test('completes the fields of the items of a list', () => {
    expect(complete('{"items": {"@arrayPath": ["$.properties.products", {"|"}]}}')).toEqual([
      'productId',
      'price',
      '@path'
    ])
  })

  test('completes the paths of recent events', () => {
    expect(complete('{"id": {"@path": "|"}}')).toEqual(['$.anonymousId'])
    expect(complete('{"items": {"@arrayPath": ["$.|"]}}')).toEqual(['$.anonymousId'])
  })

  test('completes the paths of an item inside of a list', () => {
    expect(complete('{"items": {"@arrayPath": ["$.p", {"price": {"@path": "|"}}]}}')).toEqual(['$.sku'])
  })

  test('completes nothing in a text that is not a path', () => {
    expect(complete('{"id": "|"}')).toBeUndefined()
  })
})

describe('findPosition', () => {
  test.each([
    ['{"a": {"b|": 1}}', { kind: 'key', path: ['a'] }],
    ['{"a": [1, {"b|": 1}]}', { kind: 'key', path: ['a', 1] }],
    ['{"a": ["x", "y|"]}', { kind: 'value', path: ['a', 1] }]
  ])('finds out where the cursor is in %s', (text, expected) => {
    const { state, at } = stateOf(text)
    expect(findPosition(state, at)).toMatchObject(expected)
  })
})
