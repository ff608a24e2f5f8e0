import { isMeaningless, simplify, toChoice, toCount, toOptionalId, toText, toTexts } from '../text'
import { MEANINGLESS } from './__helpers__/support'

describe('toText', () => {
  test.each<[unknown, string]>([
    ['shoe-1', 'shoe-1'],
    ['  shoe 1\r\n', 'shoe 1'],
    ['\u00a0shoe\u2003', 'shoe'],
    [507, '507'],
    [0, '0'],
    [-1.5, '-1.5'],
    [false, 'false'],
    ['靴 👟🏽‍♀️ حذاء', '靴 👟🏽‍♀️ حذاء'],
    ['a\u0000b', 'a\u0000b'],
    ['["a"]', '["a"]'],
    ['null', 'null']
  ])('reads %j as %j', (value, text) => {
    expect(toText(value)).toBe(text)
  })

  test.each<[unknown]>([[''], [' \t\r\n'], ['\ufeff'], [null], [undefined], [[]], [['a']], [{}], [new Date(0)]])(
    'returns nothing for %j',
    (value) => {
      expect(toText(value)).toBeUndefined()
    }
  )
})

describe('isMeaningless', () => {
  test.each(MEANINGLESS)('finds that the trimmed text %j stands for a missing value', (text) => {
    expect(isMeaningless(text.trim())).toBe(true)
  })

  test.each(['', 'nullable', 'not null', 'nan-1', 'object Object', '[object Array]', 'undefined undefined'])(
    'isMeaningless does not find that of %j',
    (text) => {
      expect(isMeaningless(text)).toBe(false)
    }
  )
})

describe('toOptionalId', () => {
  test.each<[unknown, string]>([
    [' p-1 ', 'p-1'],
    [7, '7'],
    [0, '0'],
    ['truelove', 'truelove'],
    ['falsehood', 'falsehood'],
    ['nullable', 'nullable']
  ])('reads %j as %j', (value, id) => {
    expect(toOptionalId(value)).toBe(id)
  })

  test.each<[unknown]>(
    [true, 'true', false, 'false', ' ', null, undefined, {}, ['p-1'], ...MEANINGLESS].map((value) => [value])
  )('returns nothing for %j', (value) => {
    expect(toOptionalId(value)).toBeUndefined()
  })
})

describe('toTexts', () => {
  test.each<[unknown, string[]]>([
    [
      ['a', 'b'],
      ['a', 'b']
    ],
    ['a', ['a']],
    [7, ['7']],
    [
      [' a ', '', null, undefined, 0, {}, ['x']],
      ['a', '0']
    ],
    ['["a","b"]', ['["a","b"]']],
    ['', []],
    [null, []],
    [undefined, []],
    [{}, []]
  ])('reads %j as %j', (value, texts) => {
    expect(toTexts(value)).toEqual(texts)
  })
})

describe('toCount', () => {
  test.each<[unknown, number]>([
    [1, 1],
    ['3', 3],
    [' 3 ', 3],
    ['003', 3],
    ['3.0', 3],
    ['3.', 3],
    [9007199254740991, 9007199254740991]
  ])('reads %j as %d', (value, number) => {
    expect(toCount(value)).toBe(number)
  })

  test.each<[unknown]>([
    [0],
    ['0.0'],
    [-1],
    [1.5],
    ['1e3'],
    ['3rd'],
    ['No. 3'],
    ['home_banner_top'],
    ['٣'],
    [''],
    [null],
    [true],
    [[3]],
    [{}],
    [NaN],
    [Infinity],
    [9007199254740992],
    ['9'.repeat(400)]
  ])('returns nothing for %j, because Topsort counts whole numbers from 1', (value) => {
    expect(toCount(value)).toBeUndefined()
  })
})

describe('toChoice', () => {
  const options = ['add-to-cart', 'like'] as const

  test.each(['add-to-cart', 'ADD_TO_CART', ' Add to Cart ', 'addToCart'])('finds the option in %j', (value) => {
    expect(toChoice(value, options)).toBe('add-to-cart')
  })

  test.each<[unknown]>([['buy'], [''], ['-'], [null], [undefined], [1], [['add-to-cart']], [{}]])(
    'returns nothing for %j',
    (value) => {
      expect(toChoice(value, options)).toBeUndefined()
    }
  )
})

describe('simplify', () => {
  it('converts a name to lower case and removes spaces, underscores and hyphens', () => {
    expect(simplify('Product_List - Page\t2')).toBe('productlistpage2')
  })
})
