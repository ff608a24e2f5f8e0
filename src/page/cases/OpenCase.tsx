import { signal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { put } from '../api'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { formatCountOf, formatDay, formatTime } from '../format'
import { notify, notifyError, orNotify } from '../notice'
import { go } from '../place'
import { counts } from '../stream/signals'
import { useListener } from '../hooks'
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
  useListener('dragover', (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    isOver.value = true
  })
  useListener('dragleave', ({ relatedTarget }) => {
    if (!relatedTarget) isOver.value = false
  })
  useListener('drop', (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    isOver.value = false
    void choose(event.dataTransfer?.files[0])
  })
  return (
    <>
      {isOver.value && <div class="case-drop">Drop the file to look at its case</div>}
      {chosen.value && <OpenCaseDialog file={chosen.value} />}
    </>
  )
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false
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
