import { computed, signal } from '@preact/signals'
import type { Product } from '../../workbench/api'
import { get } from '../api'

/** A product of the shop. */
export type ShopProduct = {
  id: string
  name: string
  /** The price of one item, in euros. */
  price: number
  vendorId: string
  categories: string[]
}

/** The products of the shop, from the catalogue of the sandbox. */
export const products = signal<ShopProduct[]>([])

/** The categories that the shop shows, in the order of the catalogue. */
export const categories = computed(() =>
  [...new Set(products.value.flatMap(({ categories }) => categories))].slice(0, 6)
)

const PRICES: Record<string, number> = {
  p_PJbnN: 2.95,
  p_ojng4: 3.15,
  p_8VKDt: 2.45,
  p_Mfk15: 1.89,
  p_SA0238: 2.29,
  p_oajf2D: 4.2
}

/** Loads the products. @throws WorkbenchError if there is no sandbox */
export async function loadProducts(): Promise<true> {
  const catalogue = await get<Product[]>('/workbench/catalogue')
  products.value = catalogue.map(({ id, name, vendorId = 'v_house', categories = [] }) => ({
    id,
    name,
    vendorId,
    categories,
    price: PRICES[id] ?? inventPrice(id)
  }))
  return true
}

/** Finds a product by its id. */
export function findProduct(id: string): ShopProduct | undefined {
  return products.value.find((product) => product.id === id)
}

/** Writes a category or vendor for people: `c_yogurt` is "Yogurt". */
export function toName(id: string): string {
  const words = id.replace(/^[a-z]_/, '').replaceAll(/[_-]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' })

/** Writes a price: €2.95. */
export function toPrice(price: number): string {
  return euros.format(price)
}

/** Makes a price from the id, because the catalogue has no prices. The same id always has the same price. */
function inventPrice(id: string): number {
  return 1.5 + (sumCharacters(id) % 90) / 10
}

/** Returns the sum of the character codes of a text: a number that is the same for the same text. */
export function sumCharacters(text: string): number {
  return Array.from(text, (character) => character.charCodeAt(0)).reduce((sum, code) => sum + code, 0)
}
