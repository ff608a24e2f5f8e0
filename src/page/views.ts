import type { ComponentType } from 'preact'
import { ComposeView } from './compose/ComposeView'
import { EventsView } from './events/EventsView'
import { FaultsView } from './faults/FaultsView'
import { FindingCount, FindingsView } from './findings/FindingsView'
import { MappingsView } from './mappings/MappingsView'
import { ShoppersView } from './shoppers/ShoppersView'

/** A view of the page, with an entry in the navigation. */
export type View = {
  /** In the URL: `/events` is at `#/events`. */
  path: string
  /** In the navigation, and in the title of the window. One word. */
  title: string
  /** Renders the view's own `<h1>` and everything below it. */
  Component: ComponentType
  /** Stands beside the title in the navigation, for example a count. */
  Note?: ComponentType
}

/**
 * The views, in the order of the navigation.
 *
 * To add a view, make a folder beside `events` with a component that renders `<ViewHeader title="…">` and its panels, and
 * add one line here. Its state is a file of signals in its folder. `place.parameters` (`place.ts`) keeps in the URL what a
 * reader may want to share or find again. Read and write routes with `get` and `put` of `api.ts`. Style it with classes of
 * `ui.css`, `layout.css` and `components.css`, and with a stylesheet in its folder that the component imports. Use only the variables for
 * colors, spacing and type.
 */
export const views: readonly View[] = [
  { path: '/events', title: 'Events', Component: EventsView },
  { path: '/findings', title: 'Findings', Component: FindingsView, Note: FindingCount },
  { path: '/shoppers', title: 'Shoppers', Component: ShoppersView },
  { path: '/mappings', title: 'Mappings', Component: MappingsView },
  { path: '/compose', title: 'Compose', Component: ComposeView },
  { path: '/faults', title: 'Faults', Component: FaultsView }
]
