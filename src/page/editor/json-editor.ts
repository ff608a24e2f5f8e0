import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { forceLinting, lintGutter, lintKeymap } from '@codemirror/lint'
import { openSearchPanel, search, searchKeymap } from '@codemirror/search'
import { Annotation, EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** An editor that is open. */
export type JsonEditor = {
  /** Replaces the text, unless it is the same. */
  show: (text: string) => void
  /** Opens the panel for finding text. */
  find: () => void
  /** Checks the text again, with newer knowledge. */
  check: () => void
  /** Goes to the first place of a text. */
  reveal: (text: string) => void
  close: () => void
}

type JsonEditorOptions = {
  parent: HTMLElement
  /** Names the editor to screen readers. */
  label: string
  text: string
  /** What the editor knows besides JSON: completions and checks. */
  extensions: Extension
  /** Gets the text whenever somebody has changed it in the editor. */
  onChange: (text: string) => void
}

/**
 * Opens an editor for JSON. It lives in a shadow root, where CodeMirror adopts its style sheet. In the
 * document itself it would add a `<style>` element, which the page's content security policy forbids.
 */
export function openJsonEditor({ parent, label, text, extensions, onChange }: JsonEditorOptions): JsonEditor {
  const root = parent.shadowRoot ?? parent.attachShadow({ mode: 'open' })
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        json(),
        syntaxHighlighting(highlight),
        look,
        EditorState.tabSize.of(2),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label }),
        lintGutter(),
        extensions,
        typeOverSelection,
        search({ top: true }),
        keymap.of([
          ...closeBracketsKeymap,
          ...searchKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          ...completionKeymap,
          ...lintKeymap
        ]),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged || update.transactions.some((each) => each.annotation(isFromOutside))) return
          onChange(update.state.doc.toString())
        })
      ]
    })
  })
  // Without it, a long text could not be scrolled by keyboard.
  view.scrollDOM.tabIndex = 0
  return {
    show(next) {
      const { state } = view
      if (state.doc.toString() === next) return
      view.dispatch({
        changes: { from: 0, to: state.doc.length, insert: next },
        annotations: isFromOutside.of(true)
      })
    },
    find() {
      openSearchPanel(view)
    },
    check() {
      forceLinting(view)
    },
    reveal(wanted) {
      const at = view.state.doc.toString().indexOf(wanted)
      if (at === -1) return
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'start' }) })
      view.focus()
    },
    close() {
      view.destroy()
    }
  }
}

/**
 * Replaces a selection by typed text. The browser itself would keep the old style as inline styles, which the page's content
 * security policy forbids.
 */
const typeOverSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data } = event
    const { main } = view.state.selection
    if (event.inputType !== 'insertText' || data === null || main.empty || event.isComposing) return false
    const insert = () =>
      view.state.update(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true })
    const handlers = view.state.facet(EditorView.inputHandler)
    if (!handlers.some((handle) => handle(view, main.from, main.to, data, insert))) view.dispatch(insert())
    event.preventDefault()
    return true
  }
})

/** Marks a change that nobody typed. It is not reported, because it would come back and replace newer text. */
const isFromOutside = Annotation.define<boolean>()

/** The style of the editor. The shadow root inherits the variables of the page. */
const look = EditorView.theme({
  '&': { fontSize: 'var(--size-code)', color: 'var(--text)', backgroundColor: 'var(--surface)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '1.65', maxHeight: 'max(440px, 100dvh - 400px)' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--text-third)', border: '0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--accent-soft)'
  },
  '.cm-content ::selection': { backgroundColor: 'var(--accent-soft)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius)',
    boxShadow: 'var(--shadow-raised)',
    color: 'var(--text)'
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-code)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--accent-fill)', color: 'var(--on-accent)' },
  '.cm-completionDetail': { color: 'inherit', fontStyle: 'normal', opacity: '0.8' },
  '.cm-completionInfo': { fontFamily: 'var(--font)', maxWidth: '280px' },
  '.cm-scroller:focus-visible': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-diagnostic': { fontFamily: 'var(--font)' },
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--text)', borderColor: 'var(--line)' },
  '.cm-panel.cm-search': { fontFamily: 'var(--font)', padding: '8px 28px 8px 8px' },
  '.cm-panel.cm-search label': { fontSize: 'var(--size-small)', color: 'var(--text-second)' },
  '.cm-textfield, .cm-button': {
    border: '1px solid var(--line-button)',
    borderRadius: 'var(--radius)',
    background: 'var(--surface)',
    color: 'var(--text)',
    fontSize: 'var(--size-small)'
  },
  '.cm-panel.cm-search [name=close]': { padding: '0 8px', fontSize: '18px' },
  '.cm-panel.cm-search label:has([name=word])': { display: 'none' },
  '.cm-panel.cm-search :focus-visible': { outline: '2px solid var(--accent)' },
  '.cm-searchMatch': { backgroundColor: 'var(--waiting-soft)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--accent-soft)' }
})

const highlight = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--json-key)' },
  { tag: tags.string, color: 'var(--json-string)' },
  { tag: tags.number, color: 'var(--json-number)' },
  { tag: [tags.bool, tags.null], color: 'var(--json-word)' },
  { tag: [tags.separator, tags.brace, tags.squareBracket], color: 'var(--text-third)' }
])
