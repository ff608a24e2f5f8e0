import { json } from '@codemirror/lang-json'
import { EditorState } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { lintMapping } from '../mapping-extensions'

const knowledge = {
  fields: [{ key: 'id', label: 'Id', description: '', type: 'string', required: true, multiple: false }],
  directives: [],
  paths: [],
  itemPaths: []
}

function lint(text: string, changes: object): string[] {
  const state = EditorState.create({ doc: text, extensions: [json()] })
  return lintMapping({ state } as unknown as EditorView, { ...knowledge, ...changes }).map(
    ({ from, to, severity, message }) => `${severity} at ${text.slice(from, to)}: ${message}`
  )
}

test('a path that no event has is marked, unless the defaults have it as well', () => {
  const text = '{"id": {"@path": "$.properties.idd"}}'
  expect(lint(text, { absentPaths: ['$.properties.idd'], events: 20 })).toEqual([
    'info at "$.properties.idd": None of the newest 20 events has this path.'
  ])
  expect(lint(text, { absentPaths: ['$.properties.idd'], usualPaths: ['$.properties.idd'] })).toEqual([])
})

test('the field that the workbench refuses is marked', () => {
  expect(lint('{"id": {"@case": 1}}', { problem: { field: 'id', problem: 'It is wrong.' } })).toEqual([
    'error at "id": It is wrong.'
  ])
})
