import type { Story } from '../../workbench/api'
import { Panel } from '../ui'
import { formatCountOf, formatMoney, formatTime } from '../format'
import { EventLink, StoryText } from '../story/StoryText'
import { groupStories } from './group-credit'

/** Tells why orders got credit or none: first those that lost it. Orders without credit for the same reason are told once. */
export function OrderStories({ stories }: { stories: Story[] }) {
  if (stories.length === 0) return null
  return (
    <Panel title={stories.length === 1 ? 'The order' : 'Orders, lost credit first'}>
      <div class="stack">
        {groupStories(stories).map(({ story, others }) => (
          <div key={story.event.id} class="stack stack-close">
            <StoryText story={story} />
            {others.length > 0 && (
              <p class="hint">
                The same reason for {formatCountOf(others.length, 'other order')}:{' '}
                {others.map(({ order, event }, index) => (
                  <span key={event.id}>
                    {index > 0 && ', '}
                    <EventLink event={event}>
                      {`${formatMoney(order?.revenue ?? 0, order?.currency)} at ${formatTime(event.at, 'seconds')}`}
                    </EventLink>
                  </span>
                ))}
              </p>
            )}
          </div>
        ))}
      </div>
    </Panel>
  )
}
