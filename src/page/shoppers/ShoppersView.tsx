import { useEffect } from 'preact/hooks'
import { Panel } from '../ui'
import type { Shopper } from '../../workbench/api'
import { OpenCaseButton } from '../cases/OpenCase'
import { ShareCase } from '../cases/ShareCase'
import { Empty, Problem, ViewHeader } from '../components/texts'
import { Tabs } from '../components/Tabs'
import { AttributionPanel } from './AttributionPanel'
import { CreditTable, LostRevenue, OrderStories } from './CreditPanels'
import { Figures, Funnel } from './Figures'
import { JourneyPicture } from './JourneyPicture'
import { MomentList } from './MomentList'
import { ShopperList } from './ShopperList'
import './shoppers.css'
import { formatCount } from '../format'
import {
  changeFilter,
  filterParameters,
  followShoppers,
  shopper,
  shoppersProblem,
  TABS,
  worklist
} from './shoppers-state'

/** Shows the events of each shopper, and the ads that get the credit for orders. */
export function ShoppersView() {
  useEffect(followShoppers, [])
  const { find, tab } = filterParameters.value
  const isEmpty = worklist.value?.total === 0 && !find
  return (
    <>
      <ViewHeader title="Shoppers" lead="What each shopper saw, clicked and ordered, and which ad gets the credit.">
        <OpenCaseButton />
      </ViewHeader>
      <Problem text={shoppersProblem.value} />
      {isEmpty && (
        <div class="panel">
          <Empty title="No shopper yet">
            <p>Shoppers show up here with their first auction or event that reaches Topsort.</p>
            <p>
              <a href="/shop">Open the demo shop</a> to be one.
            </p>
          </Empty>
        </div>
      )}
      {worklist.value && !isEmpty && (
        <>
          <LostRevenue lost={worklist.value.lost} />
          <div class="shoppers-filter">
            <input
              type="search"
              aria-label="Search shoppers"
              placeholder="Search: id, product, order, reason"
              value={find ?? ''}
              onInput={({ currentTarget }) => changeFilter({ find: currentTarget.value })}
            />
            <Tabs
              label="Shoppers by credit"
              titles={TABS.map(({ title, count }) => `${title} ${formatCount(count(worklist.value))}`)}
              selected={Math.max(
                0,
                TABS.findIndex(({ key }) => key === tab)
              )}
              onSelect={(index) => changeFilter({ tab: TABS[index].key })}
            >
              <div class="shoppers columns">
                <ShopperList />
                {shopper.value && <WholeShopper whole={shopper.value} />}
              </div>
            </Tabs>
          </div>
        </>
      )}
    </>
  )
}

function WholeShopper({ whole }: { whole: Shopper }) {
  return (
    <div class="stack stack-far">
      <ShopperHead whole={whole} />
      <OrderStories stories={whole.stories} />
      <Figures figures={whole} />
      <Panel title={`Journey of ${whole.user}`}>
        <JourneyPicture key={whole.user} shopper={whole} />
      </Panel>
      <Panel title="Order lines" note={whole.note}>
        <CreditTable lines={whole.lines} />
      </Panel>
      <div class="shoppers-pair columns">
        <Panel title="Funnel">
          <Funnel figures={whole} />
        </Panel>
        <AttributionPanel settings={whole.settings} />
      </div>
      <MomentList timeline={whole.timeline} />
    </div>
  )
}

/** The ids of a shopper. */
function ShopperHead({ whole: { user, linked, together } }: { whole: Shopper }) {
  return (
    <div class="shopper-head">
      <div>
        <strong class="code">{user}</strong>
        {linked.length > 0 && <p class="hint">Linked with {linked.join(', ')}</p>}
        {together.length > 0 && (
          <p class="text-waiting">
            One call also has the id {together.join(', ')}. The ids are not linked, so Topsort takes them for other
            people.
          </p>
        )}
      </div>
      <ShareCase key={user} user={user} />
    </div>
  )
}
