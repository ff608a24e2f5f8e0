import { Menu } from '../components/Menu'
import { columns, showColumn, shownKeys } from './columns'

/** Chooses the columns of the list. The event itself is always shown. */
export function ColumnMenu() {
  return (
    <Menu title="Columns">
      <fieldset class="stack stack-near">
        <legend class="visually-hidden">Columns</legend>
        {columns.map(({ key, title }) => (
          <label key={key} class="row check">
            <input
              type="checkbox"
              checked={shownKeys.value.includes(key)}
              disabled={key === 'event'}
              onChange={({ currentTarget }) => showColumn(key, currentTarget.checked)}
            />
            {title}
          </label>
        ))}
      </fieldset>
    </Menu>
  )
}
