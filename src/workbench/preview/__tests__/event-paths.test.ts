import { listItemPaths, listPaths } from '../event-paths'

const call = {
  anonymousId: 'ann',
  properties: {
    product_id: 'p_1',
    'size in cm': 3,
    products: [
      { sku: 'a', vendor: { id: 'v' } },
      { sku: 'b', price: 2 }
    ]
  }
}

describe('the paths of events', () => {
  test('lists the paths of all values, with the first item of each list', () => {
    expect(listPaths([call])).toEqual(
      expect.arrayContaining([
        '$.anonymousId',
        '$.properties.product_id',
        "$.properties['size in cm']",
        '$.properties.products',
        '$.properties.products[0].sku'
      ])
    )
    expect(listPaths([call])).not.toContain('$.properties.products[1].price')
  })

  test('lists the usual paths before any event has arrived', () => {
    expect(listPaths([])).toContain('$.anonymousId')
  })

  test('lists paths inside of list items from the item', () => {
    expect(listItemPaths([call])).toEqual(['$.price', '$.sku', '$.vendor', '$.vendor.id'])
  })

  test('lists a limited number of paths for a deep or large event', () => {
    const deep = JSON.parse('{"a":'.repeat(200) + '1' + '}'.repeat(200)) as unknown
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, index]))
    expect(listPaths([deep, wide]).length).toBeLessThan(500)
  })

  test.each([[undefined], [null], ['text'], [3], [[]]])('survive a call that is %j', (value) => {
    expect(listPaths([value])).toEqual(listPaths([]))
  })
})
