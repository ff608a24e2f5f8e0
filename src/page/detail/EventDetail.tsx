import { useEffect, useRef } from 'preact/hooks'
import { Empty, Time } from '../components/texts'
import { Outcome } from '../events/cells'
import { messageOf, problemOf, resultOf, titleOf } from '../events/row-text'
import { selected } from '../events/selection'
import { rows } from '../stream/signals'
import { StoryText } from '../story/StoryText'
import { DetailActions } from './DetailActions'
import { detail, detailProblem, loadDetail } from './detail-state'
import { Differences } from './Differences'
import { EventFacts, FindingLinks, LargestParts } from './EventFacts'
import { Attempts, Exchanges } from './Exchanges'
import { ThreeColumns } from './ThreeColumns'
import './detail.css'

/** The id of the open event, for keyboard shortcuts. */
export const DETAIL_ID = 'event-detail'

/** Shows one event: the Segment call, the payload and the sent event. */
export function EventDetail({ onClose }: { onClose: () => void }) {
  const element = useRef<HTMLElement>(null)
  const sequence = selected.value ?? 0
  const row = rows.value.find((candidate) => candidate.sequence === sequence)

  // A retry changes the row, and the event with it.
  useEffect(() => void loadDetail(sequence), [sequence, row])
  useEffect(() => {
    if (element.current) element.current.scrollTop = 0
  }, [sequence])

  const whole = detail.value?.sequence === sequence ? detail.value : undefined
  return (
    <section class="detail panel" id={DETAIL_ID} ref={element} tabIndex={-1} aria-labelledby="detail-title">
      {whole ? (
        <>
          <header class="detail-header row">
            <h2 id="detail-title">{titleOf(whole)}</h2>
            <div>
              <Outcome row={whole} />
            </div>
            <DetailActions delivery={whole} onClose={onClose} />
          </header>
          {whole.message !== '' && (
            <p class={`callout ${problemOf(whole) === '' ? '' : `tone-${resultOf(whole).tone}`}`}>{messageOf(whole)}</p>
          )}
          {whole.nextTryAt !== undefined && (
            <p class="callout tone-waiting">
              It is tried again at <Time at={whole.nextTryAt} />.
            </p>
          )}
          {whole.story && (
            <div class="detail-story">
              <StoryText
                story={whole.story}
                name={whole.about?.id === whole.story.about ? whole.about?.name : undefined}
              />
            </div>
          )}
          <EventFacts delivery={whole} />
          {whole.findings.length > 0 && <FindingLinks codes={whole.findings} />}
          {whole.stage === 'failed on ingest' && <LargestParts call={whole.call} />}
          <ThreeColumns delivery={whole} />
          <Differences differences={whole.differences} />
          <Attempts attempts={whole.tries} />
          <Exchanges exchanges={whole.exchanges} sent={whole.sent} />
        </>
      ) : (
        <>
          <h2 id="detail-title" class="visually-hidden">
            Event
          </h2>
          {detailProblem.value !== '' && <Empty title={detailProblem.value} />}
        </>
      )}
    </section>
  )
}
