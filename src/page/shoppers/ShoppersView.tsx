import { useEffect } from 'preact/hooks'
import { Panel } from '../ui'
import type { Shopper } from '../../workbench/api'
import { Empty } from '../components/Empty'
import { Problem } from '../components/Problem'
import { ViewHeader } from '../components/ViewHeader'
import { AttributionPanel } from './AttributionPanel'
import { CreditTable } from './CreditTable'
import { Figures } from './Figures'
import { Funnel } from './Funnel'
import { JourneyPicture } from './JourneyPicture'
import { MomentList } from './MomentList'
import { ShopperList } from './ShopperList'
import { StoryText } from '../story/StoryText'
import './shoppers.css'
import { followShoppers, shopper, shoppers, shoppersProblem } from './shoppers-state'

/** Shows the events of each shopper, and the ads that get the credit for orders. */
export function ShoppersView() {
  useEffect(followShoppers, [])
  const whole = shopper.value
  return (
    <>
      <ViewHeader title="Shoppers" lead="What each shopper saw, clicked and ordered, and which ad gets the credit." />
      <Problem text={shoppersProblem.value} />
      {shoppers.value?.length === 0 && (
        <div class="panel">
          <Empty title="No shopper yet">
            <p>Shoppers show up here with their first auction or event that reaches Topsort.</p>
            <p>
              <a href="/shop">Open the demo shop</a> to be one.
            </p>
          </Empty>
        </div>
      )}
      {shoppers.value !== undefined && shoppers.value.length > 0 && (
        <div class="shoppers columns">
          <ShopperList />
          {whole && <WholeShopper whole={whole} />}
        </div>
      )}
    </>
  )
}

function WholeShopper({ whole }: { whole: Shopper }) {
  return (
    <div class="stack stack-far">
      <Figures figures={whole} />
      {whole.stories.length > 0 && (
        <Panel title={whole.stories.length === 1 ? 'The order' : 'Orders, newest first'}>
          <div class="stack">
            {whole.stories.map((story) => (
              <StoryText key={story.event.id} story={story} />
            ))}
          </div>
        </Panel>
      )}
      <Panel title={`Journey of ${whole.user}`} note={linkedNote(whole.linked)}>
        <JourneyPicture key={whole.user} shopper={whole} />
      </Panel>
      <div class="shoppers-pair columns">
        <Panel title="Funnel">
          <Funnel figures={whole} />
        </Panel>
        <AttributionPanel settings={whole.settings} />
      </div>
      <Panel title="Order lines" note={whole.note}>
        <CreditTable lines={whole.lines} />
      </Panel>
      <MomentList timeline={whole.timeline} />
    </div>
  )
}

function linkedNote(linked: string[]): string | undefined {
  return linked.length === 0 ? undefined : `Linked with ${linked.join(', ')}`
}
