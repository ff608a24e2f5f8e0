import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { isDoublyMapped, makes, type Mistake, mistakes, switchDoubleMapping, switchMistake } from './mistakes'
import { visitFindings, watchFindings } from './visit-findings'
import { becomeNewShopper, reported, type Reported, shoppers } from './tracking'
import './backstage.css'
import { Switch } from '../components/fields'
import { go } from './route'

/** Shows the reported events, the mistakes that can be switched on, and the findings. */
export function Backstage() {
  useEffect(() => watchFindings(), [])
  const shopper = shoppers.value.at(-1)
  const others = visitFindings.value.filter(({ code }) => !mistakes.some((mistake) => mistake.code === code))

  return (
    <aside class="backstage" aria-label="Behind the counter">
      <header class="backstage-header row row-baseline row-between">
        <h2 id="backstage" tabIndex={-1}>
          Behind the counter
        </h2>
        <a href="/">Open the workbench</a>
      </header>
      <p class="quiet">
        This shop runs auctions and reports to the workbench with Segment’s SDK. Click on a sponsored product, order it,
        and see the credit. Then switch on a mistake, and do it again.
      </p>

      <Section id="reported" title="Reported so far">
        {reported.value.length === 0 ? (
          <p class="quiet">Nothing yet.</p>
        ) : (
          <ol class="reported panel" tabIndex={0} aria-label="Reported so far">
            {reported.value.map((event) => (
              <ReportedEvent key={event.messageId} event={event} />
            ))}
          </ol>
        )}
        {shopper !== undefined && (
          <p class="quiet">
            You are <a href={`/#/shoppers?user=${shopper}`}>{shopper.slice(0, 8)}</a> to Topsort.
          </p>
        )}
      </Section>
      <Section id="mistakes" title="Make a mistake">
        <p class="quiet">Each switch starts over with a new shopper.</p>
        <ul class="mistakes stack stack-near">
          {mistakes.map((mistake) => (
            <MistakeSwitch key={mistake.code} mistake={mistake} />
          ))}
        </ul>
      </Section>
      {others.length > 0 && (
        <Section id="others" title="Also found">
          <ul class="others">
            {others.map(({ code, title }) => (
              <li key={code}>
                <a href={`/#/findings?code=${code}`}>{title}</a>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </aside>
  )
}

function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  )
}

function ReportedEvent({ event: { name, messageId, isSponsored, isFromServer } }: { event: Reported }) {
  return (
    <li class="row">
      <a href={`/#/events?query=${encodeURIComponent(`id:${messageId}`)}`}>{name}</a>
      {isFromServer && <span class="hint">from the server</span>}
      {isSponsored && <span class="badge tone-waiting">with a bid</span>}
    </li>
  )
}

/** A switch for a mistake, and the finding about it. */
function MistakeSwitch({ mistake: { code, title, says, steps } }: { mistake: Mistake }) {
  const [failure, setFailure] = useState<string>()
  const isOn = makes(code)
  const isFound = visitFindings.value.some((finding) => finding.code === code)
  const id = `mistake-${code}`

  // This mistake is in the mappings, which stay after the tab is closed.
  useEffect(() => {
    if (code !== 'double-click') return
    isDoublyMapped().then(
      (isMapped) => switchMistake(code, isMapped),
      (error: unknown) => setFailure((error as Error).message)
    )
  }, [])

  async function change(isWanted: boolean): Promise<void> {
    try {
      if (code === 'double-click') await switchDoubleMapping(isWanted)
      switchMistake(code, isWanted)
      setFailure(undefined)
      // Earlier events of the same shopper would explain the new ones, and hide the mistake.
      await becomeNewShopper()
      go('home')
    } catch (error) {
      setFailure((error as Error).message)
    }
  }

  return (
    <li class={`mistake panel stack stack-close ${isOn ? 'mistake-on' : ''}`}>
      <Switch label={title} checked={isOn} onChange={change} describedBy={id} />
      <div class="stack stack-close" id={id}>
        {isOn && <p>{steps}</p>}
        <p class="quiet">{says}</p>
        {failure !== undefined && <p class="problem">{failure}</p>}
      </div>
      <p>
        <a class={isFound ? 'mistake-found text-bad' : undefined} href={`/#/findings?code=${code}`}>
          {isFound ? `Found: ${code}` : code}
        </a>
      </p>
    </li>
  )
}
