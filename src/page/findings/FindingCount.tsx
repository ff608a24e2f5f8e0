import { SEVERITIES } from '../../checks/severities'
import { Badge } from '../ui'
import { findings } from './findings-state'

/** Shows the number of findings that cost money or data, in the navigation. */
export function FindingCount() {
  const found = findings.value ?? []
  const losses = found.filter(({ severity }) => SEVERITIES[severity].isLoss)
  if (losses.length === 0) return null
  // The most expensive findings come first.
  return <Badge tone={SEVERITIES[losses[0].severity].tone}>{losses.length}</Badge>
}
