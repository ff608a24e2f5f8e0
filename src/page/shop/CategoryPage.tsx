import { products, toName } from './products'
import { Shelf } from './Shelf'
import { usePageView } from './use-page-view'

/** The products of a category. */
export function CategoryPage({ id }: { id: string }) {
  const name = toName(id)
  usePageView('Product List', name)
  return (
    <>
      <h1>{name}</h1>
      <Shelf name={name} products={products.value.filter(({ categories }) => categories.includes(id))} />
    </>
  )
}
