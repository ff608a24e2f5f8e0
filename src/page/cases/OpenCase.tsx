import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { put } from '../api'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { formatCountOf, formatDay, formatTime } from '../format'
import { notify, notifyError, orNotify } from '../notice'
import { go } from '../place'
import { counts } from '../stream/signals'
import { type CaseFile, readCaseFile } from './case-file'
import './cases.css'

/** The file that waits for a confirmation. */
const chosen = signal<CaseFile | undefined>(undefined)

/** Whether a file is held over the page. */
const isOver = signal(false)

async function choose(file: File | undefined): Promise<void> {
  if (!file) return
  try {
    chosen.value = readCaseFile(file.name, await file.text())
  } catch (error) {
    notifyError(error)
  }
}

/** Opens a case that is dropped anywhere on the page, after a confirmation. */
export function CaseDrop() {
  useEffect(() => {
    const stop = new AbortController()
    const on = (type: 'dragover' | 'dragleave' | 'drop', listener: (event: DragEvent) => void): void =>
      addEventListener(type, listener, { signal: stop.signal })
    on('dragover', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      isOver.value = true
    })
    on('dragleave', ({ relatedTarget }) => {
      if (!relatedTarget) isOver.value = false
    })
    on('drop', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      isOver.value = false
      void choose(event.dataTransfer.files[0])
    })
    return () => stop.abort()
  }, [])
  return (
    <>
      {isOver.value && <div class="case-drop">Drop the file to look at its case</div>}
      {chosen.value && <OpenCaseDialog file={chosen.value} />}
    </>
  )
}

/** Chooses a case from a file, for those who do not drop one. */
export function OpenCaseButton() {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button onClick={() => input.current?.click()}>Open a case…</Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File of a case"
        onChange={({ currentTarget }) => {
          void choose(currentTarget.files?.[0])
          currentTarget.value = ''
        }}
      />
    </>
  )
}

function OpenCaseDialog({ file }: { file: CaseFile }) {
  const { name, content, events, savedAt, masked } = file
  const { received } = counts.value
  const isState = !Array.isArray(content)

  async function open(): Promise<void> {
    chosen.value = undefined
    await orNotify(async () => {
      await put('/workbench/state', content)
      go('/events')
      notify(`${name} is open.`)
    })
  }

  return (
    <Dialog
      title="Open this case?"
      onClose={() => (chosen.value = undefined)}
      actions={
        <>
          <Button variant="primary" onClick={open}>
            Open the case
          </Button>
          <a class="button button-plain" href="/workbench/state" download>
            Save what is here first
          </a>
        </>
      }
    >
      <p>
        <span class="code">{name}</span> has {formatCountOf(events, 'event')}
        {savedAt !== undefined && ` of ${formatDay(savedAt)}, ${formatTime(savedAt, 'minutes').slice(-5)}`}
        {masked && ', with pseudonyms for its users'}.
      </p>
      <p>
        It takes the place of everything that is here: {formatCountOf(received, 'event')}, the findings
        {isState && ', the mappings, filters and settings'}, and what the sandbox has stored.
        {!isState && ' The mappings, filters and settings stay, and the clock is set to the time of the last event.'}
      </p>
    </Dialog>
  )
}
