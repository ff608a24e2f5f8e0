import { toPrice, toQuantity } from '../amount'

describe('toPrice', () => {
  test.each<[unknown, number]>([
    [9.9, 9.9],
    [0, 0],
    [-3, -3],
    [1e-7, 1e-7],
    ['9.90', 9.9],
    [' 9.90 ', 9.9],
    ['+5', 5],
    ['-5.5', -5.5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['12.5e3', 12500],
    ['0.750', 0.75],
    ['007', 7],
    ['12.345', 12.345],
    ['12.500', 12.5],
    ['1.290', 1.29],
    ['1234.500', 1234.5],
    ['1.5000', 1.5],
    ['.25', 0.25]
  ])('reads the plain number %j as it is', (written, number) => {
    expect(toPrice(written)).toBe(number)
  })

  test.each<[string, number]>([
    ['$9.90', 9.9],
    ['-$9.90', -9.9],
    ['$ 9.90', 9.9],
    ['US$1,299.00', 1299],
    ['R$ 1.299,00', 1299],
    ['€9,90', 9.9],
    ['9,90 €', 9.9],
    ['9.90\u00a0€', 9.9],
    ['₹1,23,456.50', 123456.5],
    ['EUR 9.90', 9.9],
    ['9.90 EUR', 9.9],
    ['$ 9.90 USD', 9.9],
    ['Rs. 99', 99],
    ['kr. 99,00', 99],
    ['99,00 kr', 99],
    ['49,90 zł', 49.9],
    ['1 299,00 Kč', 1299],
    ['1\u202f299,00\u00a0€', 1299],
    ["CHF 1'299.00", 1299],
    ['CHF 1’299.00', 1299],
    ['12 345', 12345],
    ['1.234.567', 1234567],
    ['1,234,567.89', 1234567.89],
    ['1.234.567,89', 1234567.89],
    ['12.345,6', 12345.6],
    ['12,34', 12.34],
    ['1,5', 1.5],
    ['0,500', 0.5],
    ['1,2345', 1.2345],
    ['$0.999', 0.999],
    ['$1234.567', 1234.567]
  ])('reads %s with a currency and separators', (written, number) => {
    expect(toPrice(written)).toBe(number)
  })

  test.each<[string, string | undefined, ReturnType<typeof toPrice>]>([
    ['12.500', 'CLP', 12500],
    ['12.500', 'TND', 12.5],
    ['12.500', 'USD', 12.5],
    ['12.500', undefined, 12.5],
    ['$1.290', 'CLP', 1290],
    ['$1.290', 'TND', 1.29],
    ['$1.290', 'USD', 1290],
    ['$1.290', undefined, 'ambiguous'],
    ['12,500', 'CLP', 12500],
    ['12,500', 'TND', 12.5],
    ['12,500', 'USD', 12500],
    ['12,500', undefined, 'ambiguous'],
    ['-12,500', 'TND', -12.5],
    ['12,500', 'clp', 12500],
    ['12,500', 'tnd', 12.5],
    ['12,500', 'pesos', 'ambiguous'],
    ['12,500', '€', 'ambiguous'],
    ['1.299 EUR', undefined, 1299],
    ['1.299 EUR', 'TND', 1299],
    ['KWD 1.299', undefined, 1.299],
    ['KWD 1.299', 'USD', 1.299],
    ['CLP 12.990', undefined, 12990],
    ['10.000 ₫', 'VND', 10000],
    ['10.000 ₫', undefined, 'ambiguous'],
    ['£1,299', 'GBP', 1299],
    ['£1,299', undefined, 'ambiguous'],
    ['12.5', 'CLP', 12.5],
    ['0.500', 'CLP', 0.5],
    ['1234.500', 'CLP', 1234.5],
    ['1,234.500', 'TND', 1234.5],
    ['12 345', 'TND', 12345],
    ['1,234,567', 'TND', 1234567],
    ['330.275', 'JPY', 'ambiguous'],
    ['-330.275', 'JPY', 'ambiguous'],
    ['+330.275', 'JPY', 'ambiguous'],
    ['330.270', 'JPY', 330270],
    ['-12.500', 'JPY', -12500],
    ['330.275', 'EUR', 330.275],
    ['330.275', undefined, 330.275],
    ['330.275', 'KWD', 330.275],
    ['330.275', 'jpy', 'ambiguous'],
    ['330.27', 'JPY', 330.27],
    ['3300.275', 'JPY', 3300.275],
    ['330.2750', 'JPY', 330.275],
    ['$330.275', 'CLP', 330275],
    ['$330,275', 'CLP', 330275],
    ['330,275', 'JPY', 330275],
    ['¥330,275', 'JPY', 330275],
    ['12.500', 'COP', 12500],
    ['12.345', 'COP', 'ambiguous'],
    ['$ 12.345', 'COP', 12345],
    ['12.500', 'IDR', 12500],
    ['Rp 12.345', 'IDR', 12345],
    ['12.500', 'IQD', 12500],
    ['12,345', 'IQD', 12345],
    ['1.290', 'KWD', 1.29],
    ['1,290', 'KWD', 1.29],
    ['1,290', 'CLF', 1.29],
    ['1,290', 'BHD', 1.29],
    ['12.500', 'US', 12.5],
    ['12,500', 'USDT', 'ambiguous'],
    ['12,500', '1USD', 'ambiguous'],
    ['12,500', '', 'ambiguous']
  ])('reads %s of an order in %s as %j', (written, currency, number) => {
    expect(toPrice(written, currency)).toBe(number)
  })

  it('cannot tell a number with three decimals from an amount in a currency without decimals', () => {
    expect(toPrice(330.275, 'JPY')).toBe('ambiguous')
    expect(toPrice(330.27, 'JPY')).toBe(330.27)
    expect(toPrice(330.275, 'USD')).toBe(330.275)
  })

  test.each('BIF CLP COP DJF GNF IDR IQD ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '))(
    'knows that prices in %s have no decimals',
    (currency) => {
      expect(toPrice('12.500', currency)).toBe(12500)
    }
  )

  test.each('BHD CLF JOD KWD LYD OMR TND UYW'.split(' '))('knows that prices in %s have more decimals', (currency) => {
    expect(toPrice('12,345', currency)).toBe(12.345)
  })

  test.each<[unknown]>([
    [''],
    ['  '],
    [null],
    [undefined],
    [true],
    [NaN],
    [Infinity],
    [[9.9]],
    [{ amount: 9.9 }],
    ['free'],
    ['€'],
    ['.'],
    ['-'],
    ['NaN'],
    ['Infinity'],
    ['1e999'],
    ['0x10'],
    ['--5'],
    ['1,299,00'],
    ['1.299.5'],
    ['1,299.5.5'],
    ['9.90 to 19.90'],
    ['9.90-19.90'],
    ['10%'],
    ['1_000'],
    ['($5.00)'],
    ['9.90 dollars'],
    ['10k'],
    ['€1.5k'],
    ['12 M'],
    ['3 kg'],
    ['9.90/kg']
  ])('returns nothing for %j', (written) => {
    expect(toPrice(written)).toBeUndefined()
  })

  // A pattern with too much backtracking would never finish here.
  test.each(['1', '1,', '1,111', ' ', '$', 'a', '1.', '٣'])('toPrice is fast for a long text of %j', (part) => {
    expect(toPrice(`$${part.repeat(100_000)}!`)).toBeUndefined()
  })
})

describe('toQuantity', () => {
  test.each<[unknown, number]>([
    [2, 2],
    ['2', 2],
    [' 2.0 ', 2],
    [-1, -1],
    [0.75, 0.75],
    ['2.000', 2],
    ['0,75', 0.75],
    ['0,750', 0.75],
    ['-1,5', -1.5],
    ['1234,567', 1234.567],
    ['12', 12],
    ['1,2500', 1.25]
  ])('reads %j as %d', (written, number) => {
    expect(toQuantity(written)).toBe(number)
  })

  test.each<[unknown]>([
    ['1,250'],
    ['-1,250'],
    ['12,500'],
    ['500g'],
    ['2 pcs'],
    ['0.75 kg'],
    ['$2'],
    ['1,2,3'],
    ['two'],
    [''],
    [{}],
    ['1e999']
  ])('returns nothing for %j, which is not a number or could be two', (written) => {
    expect(toQuantity(written)).toBeUndefined()
  })
})
