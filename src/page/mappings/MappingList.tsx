import { Button } from '../components/Button'
import { Switch } from '../components/fields'
import { Menu } from '../components/Menu'
import { toHash } from '../hash'
import { Badge } from '../ui'
import { definition, listedMappings, openDraft, selectedMapping, selectMapping, switchMapping } from './mappings-state'

/** A menu of the actions. Choosing one adds a draft of a mapping for it, which takes no events yet. */
export function AddMapping() {
  return (
    <Menu title="Add">
      <ul class="add-list">
        {definition.value?.actions.map(({ key, title, mapping }) => (
          <li key={key}>
            <Button
              variant="quiet"
              onClick={({ target }) => {
                if (target instanceof Element) target.closest('details')?.removeAttribute('open')
                openDraft({ name: title, action: key, trigger: '', mapping })
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

/** The mappings. Each can be switched on and off, and its name opens it. A new one has no switch before it is saved. */
export function MappingSwitches() {
  const selected = selectedMapping.value?.id
  return (
    <ul class="mapping-list">
      {listedMappings.value.map(({ id, saved, draft, shown: { name, trigger } }) => (
        <li key={id} class={id === selected ? 'mapping-item mapping-selected' : 'mapping-item'}>
          {saved ? (
            <Switch
              isBare
              label={`Switch on ${name}`}
              checked={saved.enabled}
              onChange={(isOn) => switchMapping(id, isOn)}
            />
          ) : (
            <span class="mapping-new" aria-hidden="true" />
          )}
          <a
            href={toHash('/mappings', { mapping: id })}
            aria-current={id === selected ? 'true' : undefined}
            onClick={(event) => {
              event.preventDefault()
              selectMapping(id)
            }}
          >
            <span class="name">
              {name} {draft && <Badge tone="waiting">{saved ? 'not saved' : 'draft'}</Badge>}
            </span>
            <span class="hint clip" title={trigger}>
              {shortenTrigger(trigger) || 'Takes no events yet'}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}

/** Shortens `type = "track" and event = "Product Viewed"` to "Product Viewed". Returns other triggers unchanged. */
function shortenTrigger(trigger: string): string {
  return /^type = "track" and event = "([^"]+)"$/.exec(trigger)?.[1] ?? trigger
}
