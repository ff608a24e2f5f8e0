import { Fragment } from 'preact'
import { useId, useState } from 'preact/hooks'
import { isObject } from '../../core/json'
import type { FieldEntry } from '../../workbench/api'
import { Button } from '../components/Button'
import { clip, formatCountOf, formatValue } from '../format'
import { ELSE, type FieldRow, readIn, writeSource } from './field-rows'
import { defaultsOf, editMapping, fieldRows, selectedMapping, shownJson } from './mappings-state'
import { draftProblem, preview } from './preview-state'
import { Failures } from './Failures'
import { sayAbsent } from './say-failure'

type Props = {
  /** Shows a field in the JSON. */
  onOpenJson: (key: string) => void
}

/** The fields of the action, where each value comes from, and what it is in the newest event. */
export function FieldTable({ onOpenJson }: Props) {
  const id = useId()
  const [toggled, setToggled] = useState<readonly string[]>([])
  const { paths = [], itemPaths = [] } = preview.value ?? {}
  const shared = { onOpenJson, lists: { event: `${id}-paths`, item: `${id}-item-paths` } }

  return (
    <>
      <table class="fields">
        <caption class="visually-hidden">The fields of the mapping</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Comes from</th>
            <th scope="col">In the newest event</th>
          </tr>
        </thead>
        <tbody>
          {fieldRows.value.map((row) => {
            const isToggled = toggled.includes(row.key)
            const isOpen = isToggled !== (row.field.required || row.parts.some(isFailing))
            const toggle = () =>
              setToggled(isToggled ? toggled.filter((key) => key !== row.key) : [...toggled, row.key])
            return (
              <Fragment key={row.key}>
                <Row {...shared} row={row} isOpen={isOpen} onToggle={toggle} />
                {isOpen && row.parts.map((part) => <Row key={part.key} {...shared} row={part} isPart />)}
              </Fragment>
            )
          })}
        </tbody>
      </table>
      <p class="hint fields-help">
        <code>$.a else $.b</code> takes the second value if there is no first one. <code>{'{{a}}'}</code> is a template,
        and any other text is sent as it is.
      </p>
      <PathList id={shared.lists.event} paths={paths} />
      <PathList id={shared.lists.item} paths={itemPaths} />
    </>
  )
}

function PathList({ id, paths }: { id: string; paths: readonly string[] }) {
  return (
    <datalist id={id}>
      {paths.map((path) => (
        <option key={path} value={path} />
      ))}
    </datalist>
  )
}

type RowProps = Props & {
  row: FieldRow
  /** The ids of the lists of paths. */
  lists: { event: string; item: string }
  isPart?: boolean
  isOpen?: boolean
  onToggle?: () => void
}

function Row(props: RowProps) {
  const { row, isPart = false, isOpen, onToggle } = props
  const { field, key, parts } = row
  const problem = draftProblem.value?.field === key ? draftProblem.value.problem : ''
  const failures = preview.value?.failures.filter((failure) => failure.field === key) ?? []
  const isWrong = problem !== '' || failures.length > 0
  return (
    <>
      <tr class={`field ${isPart ? 'field-part' : ''} ${isWrong ? 'field-wrong' : ''}`}>
        <th scope="row">
          <span class="field-name" title={field.description}>
            {parts.length > 0 ? (
              <button type="button" class="plain-button field-toggle" aria-expanded={isOpen} onClick={onToggle}>
                {field.label}
              </button>
            ) : (
              field.label
            )}
            {field.required && (
              <span class="hint" title="Required">
                {' '}
                *<span class="visually-hidden">required</span>
              </span>
            )}
          </span>
        </th>
        <td>
          <SourceCell {...props} />
        </td>
        <td>
          <Value row={row} />
        </td>
      </tr>
      {isWrong && (
        <tr class="field-wrong field-why">
          <td colSpan={3}>
            {problem !== '' && <p class="text-bad">{problem}</p>}
            <Failures failures={failures} />
          </td>
        </tr>
      )}
    </>
  )
}

/** The source of a field: an input for each path, the first of which that exists is taken. */
function SourceCell({ row, lists, onOpenJson }: RowProps) {
  const { field, source, at, isOfItem } = row
  const { kind, text: whole } = source
  if (kind === 'parts') return <span class="hint">its parts</span>
  if (kind === 'json') {
    return (
      <Button variant="quiet" label={`${whole}: edit ${field.label} in JSON`} onClick={() => onOpenJson(String(at[0]))}>
        <code>{whole}</code>
      </Button>
    )
  }
  const choices = whole.startsWith('$') ? whole.split(ELSE) : [whole]
  return (
    <div class="stack stack-close">
      {choices.map((text, index) => (
        <SourceInput
          key={index}
          {...{ text, field, list: isOfItem ? lists.item : lists.event }}
          lead={index > 0 ? 'else' : kind === 'rest' ? 'its parts, then' : ''}
          label={`Where ${field.label} comes from${index > 0 ? `, choice ${index + 1}` : ''}`}
          onChange={(changed) => {
            const all = choices.with(index, changed).filter((each) => each.trim() !== '')
            editMapping(writeSource(shownJson.value ?? {}, row, all.join(ELSE)))
          }}
        />
      ))}
    </div>
  )
}

type SourceInputProps = {
  field: FieldEntry
  text: string
  list: string
  /** Stands before the input. */
  lead: string
  label: string
  onChange: (text: string) => void
}

/** Texts that remove an input or add one change the mapping only when the input is left. */
const CHANGES_INPUTS = /^\s*$|\selse\b/

/** Changes the mapping while somebody types. An empty text removes its path. */
function SourceInput({ field, text, list, lead, label, onChange }: SourceInputProps) {
  const [typed, setTyped] = useState<string>()
  return (
    <span class="field-source">
      {lead !== '' && <span class="hint">{lead}</span>}
      <input
        class="code"
        aria-label={label}
        list={list}
        spellcheck={false}
        placeholder={field.required ? 'required' : 'not mapped'}
        title={text}
        value={typed ?? text}
        onInput={({ currentTarget: { value } }) => {
          setTyped(value)
          if (!CHANGES_INPUTS.test(value)) onChange(value)
        }}
        onBlur={() => {
          if (typed !== undefined && CHANGES_INPUTS.test(typed)) onChange(typed)
          setTyped(undefined)
        }}
      />
    </span>
  )
}

/** The value of a field in the newest event, or in how many events it is missing. */
function Value({ row }: { row: FieldRow }) {
  const { events = [], absentPaths = [] } = preview.value ?? {}
  const newest = events.at(-1)
  if (!newest || row.value === undefined) return null
  const value = readIn(newest.values, row.valueAt)
  if (value !== undefined && value !== null) return <ShownValue value={value} />
  const count = events.filter((event) => !isMissing(readIn(event.values, row.valueAt))).length
  if (count > 0) return <span class="hint">{`not in this one, but in ${count} of ${events.length}`}</span>
  const isOwnPath = absentPaths.includes(row.source.text) && !isDefault(row)
  return (
    <span class={isOwnPath ? 'hint text-waiting' : 'hint'}>{isOwnPath ? sayAbsent(events.length) : 'in no event'}</span>
  )
}

/** The longest value. It fills three lines. */
const MAX_LENGTH = 90

function ShownValue({ value }: { value: unknown }) {
  const text = typeof value === 'string' ? value : formatValue(value, MAX_LENGTH)
  const isList = Array.isArray(value) && value.some(isObject)
  return (
    <code class="field-value" title={text}>
      {isList ? formatCountOf(value.length, 'item') : clip(text, MAX_LENGTH)}
    </code>
  )
}

function isFailing({ key }: FieldRow): boolean {
  return preview.value?.failures.some(({ field }) => field === key) ?? false
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null
}

/** Defaults look at several places, so it means nothing that one of them is empty. */
function isDefault({ at, value }: FieldRow): boolean {
  return JSON.stringify(readIn(defaultsOf(selectedMapping.value?.shown), at)) === JSON.stringify(value)
}
