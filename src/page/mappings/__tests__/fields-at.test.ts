import type { FieldEntry } from '../../../workbench/api'
import { fieldsAt } from '../position-in-json'

function field(key: string, properties?: FieldEntry[]): FieldEntry {
  return { key, label: key, description: '', type: 'object', required: false, multiple: false, properties }
}

const fields = [
  field('placement', [field('path'), field('position')]),
  field('items', [field('productId')]),
  field('id')
]

function keysAt(...path: (string | number)[]): string[] | undefined {
  return fieldsAt(path, fields)?.map(({ key }) => key)
}

describe('fieldsAt', () => {
  test('finds the fields of the action at the top of a mapping', () => {
    expect(keysAt()).toEqual(['placement', 'items', 'id'])
  })

  test('finds the fields of an object in a mapping', () => {
    expect(keysAt('placement')).toEqual(['path', 'position'])
  })

  test.each([
    ['@arrayPath', ['items', '@arrayPath', 1], ['productId']],
    ['@merge', ['placement', '@merge', 'objects', 1], ['path', 'position']],
    ['@merge', ['placement', '@merge', 1], ['path', 'position']],
    ['@if', ['placement', '@if', 'then'], ['path', 'position']]
  ])('passes through %s of %j', (_, path, expected) => {
    expect(keysAt(...path)).toEqual(expected)
  })

  test('finds no fields in an object that the action does not have', () => {
    expect(keysAt('id')).toBeUndefined()
    expect(keysAt('unknown')).toBeUndefined()
  })
})
