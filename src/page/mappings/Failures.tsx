import type { PreviewFailure } from '../../workbench/api'
import { Button } from '../components/Button'
import { editMapping, fieldRows, selectedMapping, shownJson } from './mappings-state'
import { preview } from './preview-state'
import { listFound, sayFailure, sayFound } from './say-failure'

/** Says why events of the preview would fail, and where the values may be, with buttons that map them. */
export function Failures({ failures }: { failures: readonly PreviewFailure[] }) {
  const { action } = selectedMapping.value?.shown ?? { action: '' }
  const mapping = shownJson.value
  if (!mapping) return null
  const rows = fieldRows.value
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
