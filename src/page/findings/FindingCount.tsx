import { Badge } from '../ui'
import { findings } from './findings-state'

/** Shows the number of findings that cost money or data, in the navigation. */
export function FindingCount() {
  const found = findings.value ?? []
  const losses = found.filter(({ severity }) => severity.startsWith('loses'))
  if (losses.length === 0) return null
  const tone = losses.some(({ severity }) => severity === 'loses money') ? 'bad' : 'waiting'
  return <Badge tone={tone}>{losses.length}</Badge>
}
