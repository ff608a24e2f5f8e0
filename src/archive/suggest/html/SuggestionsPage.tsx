import { Panel, Table } from '../../../page/ui'
import type { FieldNote, Figures, Suggestion, Suggestions } from '../../../suggest'
import { renderDocument } from '../../preflight/html/render-report'
import { TablePanel } from '../../preflight/html/TablePanel'
import { formatCount, formatCountOf, formatShare } from '../../preflight/numbers'
import { AS_NEW, describePlace, listFigures, nameSuggestion } from '../words'

/** Shows each suggestion with its evidence and its figures, and then everything that is not suggested. */
export function SuggestionsPage({ result }: { result: Suggestions }) {
  const { input, suggestions, kept, leftOut, worthALook, needs, limits } = result
  return (
    <main class="report">
      <header class="report-header">
        <p class="report-kind">Suggested mappings for Topsort</p>
        <h1>{headline(suggestions)}</h1>
        <p class="lead">
          {formatCountOf(input.events, 'event')} with {formatCountOf(input.names, 'name')}. Each mapping was tried on
          all of them. Nothing was sent.
        </p>
      </header>
      <Panel title="All events">
        <FigureTable caption="All events" before={result.before} after={result.after} />
      </Panel>
      {suggestions.map((suggestion) => (
        <SuggestionPanel key={suggestion.mapping.name} suggestion={suggestion} />
      ))}
      {kept.length > 0 && (
        <Panel title="Mappings that fit" note="They stay as they are.">
          <p>{kept.join(', ')}</p>
        </Panel>
      )}
      <TablePanel
        title="What the shop has to send"
        note="No mapping can put this right."
        caption="What the shop has to send"
        rows={needs}
        keyOf={({ sentence }) => sentence}
        columns={[
          { title: 'Code', cell: ({ code }) => <span class="code nowrap">{code}</span> },
          { title: 'What to do', cell: ({ sentence }) => sentence }
        ]}
      />
      <Names
        title="Left out"
        note="They look like events that Topsort takes, and must not be reported."
        rows={leftOut}
      />
      <Names
        title="Worth a look"
        note="They may be events that Topsort takes. This is not certain, so no mapping is suggested."
        rows={worthALook.map((each) => ({ ...each, why: `It may be ${each.looksLike}. ${each.why}` }))}
      />
      <footer class="hint report-footer">
        {limits.map((limit) => (
          <p key={limit}>{limit}</p>
        ))}
      </footer>
    </main>
  )
}

function headline(suggestions: readonly Suggestion[]): string {
  return suggestions.length === 0
    ? 'No mapping is suggested'
    : `${formatCountOf(suggestions.length, 'mapping')} suggested`
}

function SuggestionPanel({ suggestion }: { suggestion: Suggestion }) {
  const { mapping, events, except, fields, before, after } = suggestion
  return (
    <Panel title={nameSuggestion(suggestion)} note={describePlace(suggestion)}>
      <div class="suggestion">
        <p class="code">{mapping.subscribe}</p>
        <p>{[...new Set(events.flatMap(({ why }) => why))].join(' ')}</p>
        {except !== '' && <p>Not if {except}.</p>}
        <FigureTable caption={`What ${mapping.name} changes`} before={before} after={after} />
        <Table
          caption={`Fields of ${mapping.name}`}
          rows={fields}
          keyOf={({ field }) => field}
          columns={[
            { title: 'Field', cell: ({ field }) => <span class="code nowrap">{field}</span> },
            { title: 'Path', cell: ({ paths }) => <span class="code value">{paths.join(', else ') || AS_NEW}</span> },
            { title: 'Why', cell: ({ sentence }) => sentence }
          ]}
        />
        {fields.map((note) => note.candidates.length > 1 && <Candidates key={note.field} note={note} />)}
        <details class="more">
          <summary>The whole mapping</summary>
          <pre class="code">{JSON.stringify(mapping.mapping, null, 2)}</pre>
        </details>
      </div>
    </Panel>
  )
}

function Candidates({ note: { field, candidates } }: { note: FieldNote }) {
  return (
    <Table
      caption={`Candidates for ${field}`}
      rows={candidates}
      keyOf={({ path }) => path}
      columns={[
        { title: `Candidates for ${field}`, cell: ({ path }) => <span class="code">{path}</span> },
        { title: 'Have a value', isNumber: true, cell: ({ coverage }) => formatShare({ count: coverage, of: 1 }) },
        {
          title: 'Meet other events',
          isNumber: true,
          cell: ({ meets }) => (meets === undefined ? '' : formatShare({ count: meets, of: 1 }))
        }
      ]}
    />
  )
}

function FigureTable({ caption, before, after }: { caption: string; before: Figures; after: Figures }) {
  return (
    <Table
      caption={caption}
      rows={listFigures(before, after)}
      keyOf={({ name }) => name}
      columns={[
        { title: 'What', cell: ({ name }) => name },
        { title: 'Before', isNumber: true, cell: (row) => row.before },
        { title: 'After', isNumber: true, cell: (row) => row.after }
      ]}
    />
  )
}

type NamesProps = { title: string; note: string; rows: Suggestions['leftOut'] }

function Names(props: NamesProps) {
  return (
    <TablePanel
      {...props}
      caption={props.title}
      keyOf={({ name }) => name}
      columns={[
        { title: 'Name', cell: ({ name }) => <span class="value">{name}</span> },
        { title: 'Events', isNumber: true, cell: ({ count }) => formatCount(count) },
        { title: 'Why', cell: ({ why }) => why }
      ]}
    />
  )
}

/** Writes suggestions as one HTML page that needs no other file. Values of events are always text in it, never HTML. */
export function renderSuggestions(suggestions: Suggestions): string {
  return renderDocument('Suggested mappings for Topsort', <SuggestionsPage result={suggestions} />)
}
