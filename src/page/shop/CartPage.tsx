import { useState } from 'preact/hooks'
import { cartLines, type Order, placeOrder, setQuantity, totalOf } from './cart'
import { EmptyPage } from './pages'
import { ProductPicture } from './ProductPicture'
import { toPrice } from './products'
import { toHash } from './hash'
import { go } from './route'
import { identify, usePageView } from './tracking'
import './cart.css'

/** The cart, and the button that orders what is in it. */
export function CartPage() {
  usePageView('Cart', 'Cart')
  const [isOrdering, setIsOrdering] = useState(false)
  const lines = cartLines.value

  async function order(): Promise<void> {
    setIsOrdering(true)
    await identify()
    go('thanks', placeOrder().id)
  }

  if (lines.length === 0) return <EmptyPage title="Your cart is empty" />
  return (
    <>
      <h1>Your cart</h1>
      <ul>
        {lines.map((line) => (
          <Line key={line.product.id} line={line} />
        ))}
      </ul>
      <div class="checkout row row-between">
        <p>
          Total <strong class="price price-large">{toPrice(totalOf(lines))}</strong>
        </p>
        <button type="button" class="add add-large" disabled={isOrdering} onClick={() => void order()}>
          Log in and order
        </button>
      </div>
    </>
  )
}

function Line({ line: { product, quantity } }: { line: Order['lines'][number] }) {
  const { id, name, price } = product
  const change = (difference: number, label: string, sign: string) => (
    <button
      type="button"
      class="step"
      aria-label={`${label} of ${name}`}
      onClick={() => setQuantity(id, quantity + difference)}
    >
      {sign}
    </button>
  )
  return (
    <li class="cart-line">
      <ProductPicture product={product} />
      <a class="cart-name" href={toHash('product', id)}>
        {name}
      </a>
      <div class="steps row">
        {change(-1, 'One less', '−')}
        <span class="quantity">{quantity}</span>
        {change(1, 'One more', '+')}
      </div>
      <span class="price">{toPrice(price * quantity)}</span>
    </li>
  )
}
