import type { DestinationDefinition, JSONObject, RequestClient } from '@segment/actions-core'
import { attempt } from '../attempt'
import type { Mapping } from '../mappings'
import { wrapClient } from '../wrap-client'
import type { DryRun } from './dry-run'

/** The answer of Topsort to a request that it stores. */
const STORED = { ok: true, status: 204, statusText: 'No Content', content: '', data: undefined }

/** Answers each request as if Topsort stored it, at once. No socket is opened, so nothing can be sent. */
export const storingClient = (() => Promise.resolve(STORED)) as unknown as RequestClient

/** Creates a dry run that hands each event to the framework as a whole. It can apply every mapping, and is slow. */
export function createFrameworkDryRun<Settings extends JSONObject>(
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  mapping: Mapping
): DryRun {
  // A batch has a result for each event. How many events a request holds makes no difference to what is sent.
  const batched = { ...mapping, mapping: { ...mapping.mapping, enable_batching: true } }
  const target = { definition: wrapClient(definition, () => storingClient), settings, mapping: batched }
  return (events) => attempt(target, events)
}
