import { registry } from './registry'
import type { Finding } from './finding'
import { wholeRegistry } from './whole-registry'

/** Returns the codes, severities and titles of all checks, in the order of the registries. */
export function listChecks(): Pick<Finding, 'code' | 'severity' | 'title'>[] {
  return [...registry, ...wholeRegistry].map(({ code, severity, title }) => ({ code, severity, title }))
}
