import { place, toHash } from './place'
import { views } from './views'

/** The links to all views. */
export function Navigation() {
  return (
    <header class="side">
      <a class="brand" href={toHash('/events')}>
        <span class="brand-mark" aria-hidden="true" />
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
