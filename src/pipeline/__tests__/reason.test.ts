import type { InputField } from '@segment/actions-core'
import { toSchemaReason } from '../reason'

const text = (label: string): InputField => ({ label, description: '', type: 'string' })
const object = (label: string, properties: InputField['properties']): InputField => {
  return { label, description: '', type: 'object', properties }
}

const fields = {
  occurredAt: text('Occurred At'),
  entity: object('Entity', { id: text('Entity ID'), type: text('Entity Type') }),
  page: object('Page', { type: text('Page Type') }),
  items: object('Items', { quantity: text('Quantity') })
}

test('a sentence about missing fields names them', () => {
  const message = "The root value is missing the required field 'id'. Entity is missing the required field 'type'."
  expect(toSchemaReason(message, fields)).toEqual({ code: 'required_field_missing', fields: ['id', 'type'] })
})

test.each([
  ['Occurred At must be a valid date-like string but it was not.', ['occurredAt']],
  [
    'Occurred At must be a string or number but it was an object. Entity ID must be a string but it was an object.',
    ['occurredAt', 'entity.id']
  ],
  ['Page must be an object but it was a string.', ['page']],
  ['Page Type is an invalid string.', ['page.type']]
])('a sentence names an invalid field by its label: %s', (problem, named) => {
  expect(toSchemaReason(problem, fields)).toEqual({ code: 'field_invalid', fields: named, problem })
})

test('a sentence names a field without a label by its place, and the index of an item is left out', () => {
  const message = 'The value at /items/3/quantity must be a string. The value at /items/4 must be an object.'
  expect(toSchemaReason(message, fields)).toEqual({
    code: 'field_invalid',
    fields: ['items.quantity', 'items'],
    problem: 'The value at /items/N/quantity must be a string. The value at /items/N must be an object.'
  })
})

test('a label inside another sentence names no field', () => {
  const problem = 'Something must not be like Occurred At must be.'
  expect(toSchemaReason(problem, fields)).toEqual({ code: 'field_invalid', fields: [], problem })
})
