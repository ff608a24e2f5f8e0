import { Menu } from '../components/Menu'
import { addMapping, definition } from './mappings-state'

/** A menu of the actions. Choosing one adds a mapping for it. */
export function AddMapping() {
  const actions = definition.value?.actions ?? []
  return (
    <Menu title="Add">
      <ul class="add-list">
        {actions.map((action) => (
          <li key={action.key}>
            <button
              type="button"
              class="button button-quiet"
              onClick={(event) => {
                event.currentTarget.closest('details')?.removeAttribute('open')
                void addMapping(action)
              }}
            >
              {action.title}
            </button>
          </li>
        ))}
      </ul>
    </Menu>
  )
}
