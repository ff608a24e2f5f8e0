import { Button } from '../components/Button'
import { Menu } from '../components/Menu'
import { addDraft, definition, writeMapping } from './mappings-state'

/** A menu of the actions. Choosing one adds a draft of a mapping for it, which takes no events yet. */
export function AddMapping() {
  const actions = definition.value?.actions ?? []
  return (
    <Menu title="Add">
      <ul class="add-list">
        {actions.map(({ key, title, mapping }) => (
          <li key={key}>
            <Button
              variant="quiet"
              onClick={({ target }) => {
                if (target instanceof Element) target.closest('details')?.removeAttribute('open')
                addDraft({ name: title, action: key, trigger: '', text: writeMapping(mapping), origin: 'added' })
              }}
            >
              {title}
            </Button>
          </li>
        ))}
      </ul>
    </Menu>
  )
}
