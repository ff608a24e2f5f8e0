import { useEffect, useState } from 'preact/hooks'
import { runBannerAuction, type ShopWinner } from './auctions'
import { offers } from './clicks'
import { ProductPicture } from './ProductPicture'
import { findProduct, toName } from './products'
import { toHash } from './hash'
import { go } from './route'
import { track } from './tracking'

/** The banner of the first page: the product that won its auction. Without a winner there is none. */
export function PromoBanner() {
  const [winner, setWinner] = useState<ShopWinner>()
  useEffect(() => void showBanner(), [])

  async function showBanner(): Promise<void> {
    const won = await runBannerAuction()
    if (!won) return
    setWinner(won)
    await track('Banner Impression', { resolvedBidId: won.resolvedBidId })
  }

  async function openOffer({ id, resolvedBidId }: ShopWinner): Promise<void> {
    offers.value = [{ productId: id, resolvedBidId }, ...offers.value]
    await track('Banner Click', { resolvedBidId })
    go('offer', id)
  }

  const product = winner && findProduct(winner.id)
  if (!product) return <div class="promo-place" />
  return (
    <div class="promo-place">
      <a
        class="promo"
        href={toHash('offer', winner.id)}
        onClick={(event) => {
          event.preventDefault()
          void openOffer(winner)
        }}
      >
        <span class="stack promo-text">
          <span class="promo-title">A week of {toName(product.vendorId)}</span>
          <span class="promo-line">{product.name} and more, straight from the farm</span>
          <span class="promo-button">See the offer</span>
        </span>
        <ProductPicture product={product} isLarge />
        <span class="badge tone-waiting sponsored">Sponsored</span>
      </a>
    </div>
  )
}
