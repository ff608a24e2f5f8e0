import { Time } from '../components/Time'
import { formatCountOf, formatMoney } from '../format'
import { toHash } from '../hash'
import { LISTED, selectedUser, shoppers } from './shoppers-state'

/** The shoppers, newest first. Each is a link. */
export function ShopperList() {
  const all = shoppers.value ?? []
  return (
    <nav class="shopper-list panel" aria-label="Shoppers">
      <ol>
        {all.map(({ user, last, orders, clicks, attributedRevenue }) => (
          <li key={user}>
            <a href={toHash('/shoppers', { user })} aria-current={user === selectedUser.value ? 'true' : undefined}>
              <span class="code clip">{user}</span>
              <span class="hint shopper-hint">
                <Time at={last} precision="seconds" />
                <span>{orders > 0 ? formatCountOf(orders, 'order') : formatCountOf(clicks, 'click')}</span>
                {attributedRevenue > 0 && <span class="text-good">{formatMoney(attributedRevenue)} credited</span>}
              </span>
            </a>
          </li>
        ))}
      </ol>
      {all.length >= LISTED && <p class="hint">The newest {LISTED} shoppers.</p>}
    </nav>
  )
}
