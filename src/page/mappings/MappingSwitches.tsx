import { Badge } from '../ui'
import { Switch } from '../components/Switch'
import { toHash } from '../hash'
import { drafts, mappings, selectedMapping, selectMapping, switchMapping } from './mappings-state'

/** The mappings. Each can be switched on and off, and its name opens it. */
export function MappingSwitches() {
  return (
    <ul class="mapping-list">
      {mappings.value?.map(({ name, trigger, enabled }) => (
        <li key={name} class={name === selectedMapping.value?.name ? 'mapping-item mapping-selected' : 'mapping-item'}>
          <Switch isBare label={`Switch on ${name}`} checked={enabled} onChange={(isOn) => switchMapping(name, isOn)} />
          <a
            href={toHash('/mappings', { mapping: name })}
            aria-current={name === selectedMapping.value?.name ? 'true' : undefined}
            onClick={(event) => {
              event.preventDefault()
              selectMapping(name)
            }}
          >
            <span class="name">
              {name} {drafts.value.has(name) && <Badge tone="waiting">not saved</Badge>}
            </span>
            <span class="hint clip">{shortenTrigger(trigger)}</span>
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
