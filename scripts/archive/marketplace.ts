import { createRandom } from './random'
import type { Random } from './random'

/** A product of the marketplace. */
export type Product = {
  id: string
  name: string
  category: string
  brand: string
  vendorId: string
  /** In dollars. */
  price: number
}

const CATEGORIES = [
  'dairy',
  'fruit',
  'bakery',
  'coffee',
  'pasta',
  'snacks',
  'pets',
  'garden',
  'toys',
  'kitchen'
] as const

const QUALITIES = ['Organic', 'Fresh', 'Classic', 'Golden', 'Little', 'Nordic', 'Smoked', 'Sweet', 'Crunchy', 'Family']

const THINGS = ['yogurt', 'apples', 'bread', 'espresso', 'spaghetti', 'almonds', 'biscuits', 'shears', 'puzzle', 'pan']

const BRANDS = ['Alma', 'Brio', 'Corva', 'Delune', 'Esto', 'Fjell', 'Gruna', 'Halva', 'Ilmo', 'Jura', 'Kestrel', 'Lumo']

/** Creates the products of a marketplace. The first ones are the most popular. The first vendors have the most products. */
export function createProducts(count: number, seed: number): Product[] {
  const random = createRandom(seed)
  const vendors = Math.max(2, Math.ceil(count / 40))
  return Array.from({ length: count }, (_, index) => {
    const kind = random.integer(0, CATEGORIES.length - 1)
    return {
      id: `p_${(index + 1000).toString(36)}`,
      name: `${random.pick(QUALITIES)} ${THINGS[kind]} ${index + 1}`,
      category: CATEGORIES[kind],
      brand: random.pick(BRANDS),
      vendorId: `v_${random.rank(vendors) + 1}`,
      price: toPrice(random)
    }
  })
}

/** Draws a price. Most products cost a few dollars, and some cost hundreds. */
function toPrice({ next }: Random): number {
  const dollars = Math.min(2_000, Math.max(1, Math.exp(2.5 + 1.1 * (next() + next() + next() - 1.5) * 2)))
  return Math.floor(dollars) + 0.99
}
