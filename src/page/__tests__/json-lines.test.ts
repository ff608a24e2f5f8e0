import fc from 'fast-check'
import { toJsonLines } from '../json-lines'

describe('the lines of a JSON view', () => {
  it('every JSON value has the lines of JSON.stringify', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = toJsonLines(value)
          .map(({ depth, key, text, comma }) => {
            const name = key === undefined ? '' : `${JSON.stringify(key)}: `
            return `${'  '.repeat(depth)}${name}${text}${comma ? ',' : ''}`
          })
          .join('\n')
        expect(text).toBe(JSON.stringify(value, null, 2))
      })
    )
  })

  it('lines have the paths that differences name', () => {
    const paths = toJsonLines({ placement: { position: 1 }, items: [{ quantity: 2 }] }).map(({ path }) => path)
    expect(paths).toEqual([
      '',
      'placement',
      'placement.position',
      'placement',
      'items',
      'items[0]',
      'items[0].quantity',
      'items[0]',
      'items',
      ''
    ])
  })

  it('folded objects become one line, and others can be folded', () => {
    const value = { context: { page: { path: '/' } }, traits: { plan: 'a' }, list: [] }
    const isFolded = (path: string) => (path.includes('.') ? undefined : path === 'context')
    expect(toJsonLines(value, isFolded).map(({ text, comma, folded: hidden }) => [text, comma, hidden])).toEqual([
      ['{', false, undefined],
      ['{…}', true, 3],
      ['{', false, 0],
      ['"a"', false, undefined],
      ['}', true, undefined],
      ['[]', false, undefined],
      ['}', false, undefined]
    ])
  })
})
