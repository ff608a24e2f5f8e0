import { Time } from '../components/texts'
import { formatCountOf, formatMoneys } from '../format'
import { toHash } from '../hash'
import { filterParameters, LISTED, selectedUser, shoppers } from './shoppers-state'

/** The shoppers, newest first. Each is a link. */
export function ShopperList() {
  const all = shoppers.value ?? []
  return (
    <nav class="shopper-list panel" aria-label="Shoppers">
      <ol>
        {all.map(({ user, last, orders, clicks, credited, uncredited, linked, together }) => (
          <li key={user}>
            <a
              href={toHash('/shoppers', { ...filterParameters.value, user })}
              aria-current={user === selectedUser.value ? 'true' : undefined}
            >
              <span class="code clip">{user}</span>
              <span class="hint shopper-hint">
                <Time at={last} precision="seconds" />
                <span>{orders > 0 ? formatCountOf(orders, 'order') : formatCountOf(clicks, 'click')}</span>
                {linked.length + together.length > 0 && <span>{linked.length + together.length + 1} ids</span>}
                {uncredited.length > 0 && <span class="text-waiting">{formatMoneys(uncredited)} uncredited</span>}
                {credited.length > 0 && <span class="text-good">{formatMoneys(credited)} credited</span>}
              </span>
            </a>
          </li>
        ))}
      </ol>
      {all.length === 0 && <p class="hint">No shopper matches.</p>}
      {all.length >= LISTED && <p class="hint">The newest {LISTED} shoppers.</p>}
    </nav>
  )
}
