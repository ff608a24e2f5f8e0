import { ViewHeader } from '../components/ViewHeader'

/** What goes wrong, most expensive first. */
export function FindingsView() {
  return <ViewHeader title="Findings" />
}
