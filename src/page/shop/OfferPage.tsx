import { findOffer } from './offers'
import { findProduct, products, toName } from './products'
import { Shelf } from './Shelf'
import { usePageView } from './use-page-view'

/** The page that a banner leads to: the products of its vendor. */
export function OfferPage({ id }: { id: string }) {
  const vendorId = findProduct(id)?.vendorId ?? ''
  const title = `The best of ${toName(vendorId)}`
  usePageView('Product List', title)
  return (
    <>
      <h1>{title}</h1>
      <Shelf
        name={title}
        products={products.value.filter((product) => product.vendorId === vendorId)}
        offer={findOffer(id)}
      />
    </>
  )
}
