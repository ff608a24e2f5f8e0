import { useEffect, useRef } from 'preact/hooks'
import { Button } from './components/Button'
import { toHash } from './hash'
import { place } from './place'
import { isHelpOpen } from './help/HelpDialog'
import { views } from './views'
import { workbench } from './stream/signals'

/** The links to all views, and where events go. */
export function Navigation() {
  const list = useRef<HTMLUListElement>(null)
  const { path: current } = place.value
  // In a narrow window the links scroll sideways.
  useEffect(
    () => list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    [current]
  )
  return (
    <header class="side">
      <a class="brand" href={toHash('/events')}>
        <svg class="brand-mark" viewBox="0 0 14 14" aria-hidden="true">
          <rect x="0" y="1" width="14" height="3" rx="1" />
          <rect x="0" y="5.5" width="10" height="3" rx="1" />
          <rect x="0" y="10" width="6" height="3" rx="1" />
        </svg>
        <span>
          Topsort <span class="brand-second quiet">workbench</span>
        </span>
      </a>
      <nav aria-label="Views">
        <ul class="nav" ref={list}>
          {views.map(({ path, title, Note }) => (
            <li key={path}>
              <a href={toHash(path)} aria-current={current === path ? 'page' : undefined}>
                {title}
                {Note && <Note />}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Destination />
      <Button variant="quiet" onClick={() => (isHelpOpen.value = true)}>
        <kbd>?</kbd> Help
      </Button>
    </header>
  )
}

/** Says where events go. In live mode, a strip at the top of each view says it. */
function Destination() {
  if (workbench.value?.live !== false) return null
  return (
    <p class="hint destination">
      <strong>Sandbox.</strong> Nothing reaches Topsort, and nothing is billed.
    </p>
  )
}
