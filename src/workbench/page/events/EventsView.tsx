import { ViewHeader } from '../components/ViewHeader'

/** Every event, the moment it arrives. */
export function EventsView() {
  return <ViewHeader title="Events" />
}
