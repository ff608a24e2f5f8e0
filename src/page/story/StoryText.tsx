import type { Story, StoryEvent } from '../../workbench/api'
import { formatTime } from '../format'
import { toHash } from '../hash'
import { place } from '../place'
import './story.css'
import { tellStory } from './tell-story'

/** Tells the story of an event in sentences with links to the other events. @param name what the event is about */
export function StoryText({ story, name }: { story: Story; name?: string }) {
  return (
    <p class="story">
      {tellStory(story, name)
        .filter((sentence) => sentence.length > 0)
        .map((sentence, index) => (
          <span key={index}>
            {sentence.map((part, place) =>
              typeof part === 'string' ? (
                part
              ) : (
                <EventLink key={place} event={part.event}>
                  {part.text}
                </EventLink>
              )
            )}{' '}
          </span>
        ))}
    </p>
  )
}

/** Links to an event. One that did not come through Segment has no page, so its text is shown without a link. */
export function EventLink({ event, children }: { event: StoryEvent; children: string }) {
  const { at, sequence } = event
  const title = `${formatTime(at)}, ${at}`
  if (sequence === undefined) return <span title={title}>{children}</span>
  const { path, parameters } = place.value
  const query = path === '/events' ? parameters.query : undefined
  return (
    <a href={toHash('/events', { query, event: String(sequence) })} title={title}>
      {children}
    </a>
  )
}
