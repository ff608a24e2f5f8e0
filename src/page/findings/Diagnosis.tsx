import { diagnose } from '../../checks/diagnosis'
import { toHash } from '../hash'
import type { Finding } from '../../workbench/api'

/** Says in at most five sentences what costs most. Shows nothing if there is nothing to say. */
export function Diagnosis({ findings }: { findings: readonly Finding[] }) {
  const sentences = diagnose(findings.filter(({ isResolved }) => !isResolved))
  if (sentences.length === 0) return null
  return (
    <section class="panel panel-body stack stack-near" aria-labelledby="diagnosis">
      <h2 id="diagnosis">In short</h2>
      <ol class="diagnosis stack stack-near">
        {sentences.map(({ code, sentence }) => (
          <li key={code}>
            {sentence} <a href={toHash('/findings', { code })}>{code}</a>
          </li>
        ))}
      </ol>
    </section>
  )
}
