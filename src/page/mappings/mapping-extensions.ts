import { autocompletion } from '@codemirror/autocomplete'
import { jsonParseLinter } from '@codemirror/lang-json'
import { linter } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import { completeMapping, type MappingKnowledge } from './complete-mapping'
import { lintMapping } from './lint-mapping'

/** Completes and checks the JSON of a mapping. @param know returns the newest data */
export function createMappingExtensions(know: () => MappingKnowledge): Extension {
  return [
    autocompletion({ override: [(context) => completeMapping(context, know)] }),
    linter((shown) => jsonParseLinter()(shown)),
    linter((shown) => lintMapping(shown, know()))
  ]
}
