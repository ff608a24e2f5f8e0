import { Badge, Panel } from '../ui'
import { Button } from '../components/Button'
import { filters, removeFilters } from './filters-state'

/** The customer's destination filters, which drop or change events before the mappings. */
export function FilterList() {
  return (
    <Panel title="Destination filters" actions={<Button onClick={removeFilters}>Remove all</Button>}>
      <ul class="filter-list stack stack-near">
        {filters.value.map(({ title, if: condition, enabled = true, actions }, index) => (
          <li key={index}>
            <span class="name">
              {title ?? `Filter ${index + 1}`} {!enabled && <Badge tone="neutral">off</Badge>}
            </span>
            <span class="hint">
              {actions.map(({ type }) => type).join(', ')} if {condition}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
