import { useState } from 'preact/hooks'
import { Button, CopyButton } from '../components/Button'
import { startCommands } from '../api'
import { Tabs } from '../components/Tabs'
import { ViewHeader } from '../components/texts'
import { notifyError } from '../notice'
import './first-screen.css'
import { sendSample } from './send-sample'
import { snippetsFor } from './snippets'

/** Shows what to do before the first event has arrived. */
export function FirstScreen() {
  const [index, setIndex] = useState(0)
  const [isSending, setIsSending] = useState(false)
  const snippets = snippetsFor(location.origin, startCommands().startHttps)
  const { sdk, code, note } = snippets[index]

  async function send(): Promise<void> {
    setIsSending(true)
    await sendSample().catch(notifyError)
    setIsSending(false)
  }

  return (
    <div class="first">
      <ViewHeader
        title="See what Topsort gets, and why"
        lead="The workbench takes the place of Segment and Topsort on this machine. Each event of your shop shows up here the moment it arrives, with what the destination made of it. Nothing leaves the machine, and nothing is billed."
      />
      <ol class="steps">
        <li class="step panel">
          <h2>Look at a sample</h2>
          <p class="quiet">An auction, a view, a click and an order, as a shop sends them.</p>
          <Button variant="primary" disabled={isSending} onClick={send}>
            {isSending ? 'Sending…' : 'Send the sample'}
          </Button>
        </li>
        <li class="step panel">
          <h2>Click through a demo shop</h2>
          <p class="quiet">
            A page with Segment’s browser SDK and real auctions. Switch on a mistake and see what the findings say.
          </p>
          <a class="button" href="/shop" target="_blank" rel="noreferrer">
            Open the shop
          </a>
        </li>
        <li class="step step-wide panel">
          <h2>Point your own shop here</h2>
          <p class="quiet">Set the host of its Segment SDK. The write key may be any text.</p>
          <Tabs label="SDK" titles={snippets.map((snippet) => snippet.sdk)} selected={index} onSelect={setIndex}>
            <pre class="snippet" tabIndex={0} aria-label={`Snippet for ${sdk}`} role="region">
              <code>{code}</code>
            </pre>
            <div class="snippet-foot row">
              {note !== undefined && <p class="hint">{note}</p>}
              <span class="at-end">
                <CopyButton what="the snippet" text={() => code} />
              </span>
            </div>
          </Tabs>
        </li>
      </ol>
      <p class="hint">Waiting for the first event at {location.origin}</p>
    </div>
  )
}
