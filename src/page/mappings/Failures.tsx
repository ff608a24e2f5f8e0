import type { PreviewFailure } from '../../workbench/api'
import { Button } from '../components/Button'
import { listFieldRows } from './field-rows'
import { editMapping, selectedAction, selectedMapping } from './mappings-state'
import { preview } from './preview-state'
import { readJson } from './read-json'
import { sayFailure, sayFound } from './say-failure'
import { listFound } from './use-found'

/** Says why events of the preview would fail, and where the values may be, with buttons that map them. */
export function Failures({ failures }: { failures: readonly PreviewFailure[] }) {
  const { action, text } = selectedMapping.value?.shown ?? { action: '', text: '' }
  const mapping = readJson(text)
  if (!mapping) return null
  const rows = listFieldRows(selectedAction.value?.fields ?? [], mapping)
  const count = preview.value?.events.length ?? 0
  return (
    <ul class="stack stack-close">
      {failures.map((failure) => (
        <li key={`${failure.code} ${failure.field}`} class="stack stack-close">
          <p class="text-bad reason">{sayFailure(failure, count, action, rows)}</p>
          {listFound(rows, failure).map(({ path, use }) => (
            <p key={path} class="row">
              <span>
                <code>{path}</code> {sayFound(failure.field)}.
              </span>
              <Button label={`Use it: ${path}`} onClick={() => editMapping(use(mapping))}>
                Use it
              </Button>
            </p>
          ))}
        </li>
      ))}
    </ul>
  )
}
