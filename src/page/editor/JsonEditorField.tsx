import type { Extension } from '@codemirror/state'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../components/Button'
import { notifyError } from '../notice'
import './editor.css'
import type { JsonEditor } from './json-editor'

type Props = {
  label: string
  text: string
  /** The editor takes the text at first, and again when this number changes. In between, the editor has newer text. */
  revision: number
  /** Loads what the editor knows besides JSON. Called once. */
  loadExtensions: () => Promise<Extension>
  /** The checks run again when this changes. */
  checkedWith?: unknown
  /** The text to go to when the editor is opened. */
  reveal?: string
  onChange: (text: string) => void
}

/** A field for JSON. Its editor is loaded only when it is needed, because it is larger than the page. */
export function JsonEditorField({ label, text, revision, loadExtensions, checkedWith, reveal, onChange }: Props) {
  const parent = useRef<HTMLDivElement>(null)
  const editor = useRef<JsonEditor | undefined>(undefined)
  const [isOpen, setIsOpen] = useState(false)
  // The editor is opened once, but must call the newest functions.
  const newest = useRef({ text, onChange })
  newest.current = { text, onChange }

  useEffect(() => {
    let isGone = false
    Promise.all([import('./json-editor'), loadExtensions()]).then(([{ openJsonEditor }, extensions]) => {
      if (isGone || !parent.current) return
      editor.current = openJsonEditor({
        parent: parent.current,
        label,
        text: newest.current.text,
        extensions,
        onChange: (next) => newest.current.onChange(next)
      })
      if (reveal !== undefined) editor.current.reveal(reveal)
      setIsOpen(true)
    }, notifyError)
    return () => {
      isGone = true
      editor.current?.close()
    }
  }, [])

  useEffect(() => editor.current?.show(text), [revision])

  useEffect(() => editor.current?.check(), [checkedWith])

  return (
    <div class="json-editor">
      {isOpen ? (
        <Button variant="quiet" onClick={() => editor.current?.find()}>
          Find
        </Button>
      ) : (
        <p class="json-editor-wait quiet">Loading the editor…</p>
      )}
      <div ref={parent} />
    </div>
  )
}
