import type { DeliveryRow } from '../../workbench/api'
import type { EventColumn } from '../events/columns'
import { createHeightOf, linesOf, shapeOf } from '../events/row-shape'
import { deliveredRow } from './delivered-row'

const keys = ['time', 'event', 'user', 'about', 'ad', 'value', 'outcome']
const columns: EventColumn[] = [
  ...keys.map((key) => ({ key, title: key, width: 100, cell: () => '' })),
  ...['findings', 'message'].map((key) => ({ key, title: key, cell: () => '' }))
]

const wrong: DeliveryRow = { ...deliveredRow, stage: 'failed', message: 'No price.', findings: ['double-order'] }
const order: DeliveryRow = { ...wrong, about: { kind: 'product' }, value: { amount: 1, order: 'o' } }

test('the list is a table if its columns fit, and shows cards otherwise', () => {
  expect([804, 803, 400].map((width) => shapeOf(columns, width))).toEqual(['table', 'cards', 'narrow-cards'])
})

test('what is wrong with an event is a line of its own', () => {
  const kinds = (row: DeliveryRow) => linesOf(row, columns, 'table').map(({ kind }) => kind)
  expect([kinds(deliveredRow), kinds(wrong)]).toEqual([['table'], ['table', 'problem']])
  expect(kinds({ ...deliveredRow, stage: 'filtered', message: 'No mapping takes it.' })).toEqual(['table'])
})

test('a narrow card has all cells of an event, and no empty lines', () => {
  const lines = linesOf(order, columns, 'narrow-cards')
  expect(lines.flatMap(({ columns: own }) => own.map(({ key }) => key)).sort()).toEqual(
    columns.map(({ key }) => key).sort()
  )
  expect(linesOf(deliveredRow, columns, 'narrow-cards').map(({ kind }) => kind)).toEqual(['title', 'origin'])
})

test('the height of a row is that of its lines', () => {
  for (const shape of ['table', 'cards', 'narrow-cards'] as const) {
    const heightOf = createHeightOf(columns, shape)
    for (const row of [deliveredRow, wrong, order]) {
      const sum = linesOf(row, columns, shape).reduce((total, { height }) => total + height, 0)
      expect(heightOf(row) - sum).toBe(shape === 'table' ? 1 : 9)
    }
  }
})
