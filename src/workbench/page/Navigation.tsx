import { toHash } from './hash'
import { place } from './place'
import { views } from './views'

/** The links to all views. */
export function Navigation() {
  return (
    <header class="side">
      <a class="brand" href={toHash('/events')}>
        <svg class="brand-mark" viewBox="0 0 14 14" aria-hidden="true">
          <rect x="0" y="1" width="14" height="3" rx="1" />
          <rect x="0" y="5.5" width="10" height="3" rx="1" />
          <rect x="0" y="10" width="6" height="3" rx="1" />
        </svg>
        <span>
          Topsort <span class="brand-second">workbench</span>
        </span>
      </a>
      <nav aria-label="Views">
        <ul class="nav">
          {views.map(({ path, title }) => (
            <li key={path}>
              <a href={toHash(path)} aria-current={place.value.path === path ? 'page' : undefined}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  )
}
