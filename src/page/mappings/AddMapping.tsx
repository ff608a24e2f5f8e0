import { Button } from '../components/Button'
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
            <Button
              variant="quiet"
              onClick={({ target }) => {
                if (target instanceof Element) target.closest('details')?.removeAttribute('open')
                return addMapping(action)
              }}
            >
              {action.title}
            </Button>
          </li>
        ))}
      </ul>
    </Menu>
  )
}
