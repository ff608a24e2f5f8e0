import type { WholeCheck } from './model'
import { brokenSince } from './whole/broken-since'
import { clickConcentration } from './whole/click-concentration'
import { idSpaceMismatch } from './whole/id-space-mismatch'
import { mappingFails } from './whole/mapping-fails'
import { nothingCredited } from './whole/nothing-credited'
import { unmappedEvents } from './whole/unmapped-events'

/** All checks that need all calls. */
export const wholeRegistry: readonly WholeCheck[] = [
  mappingFails,
  unmappedEvents,
  brokenSince,
  nothingCredited,
  idSpaceMismatch,
  clickConcentration
]
