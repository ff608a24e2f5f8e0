import { useEffect } from 'preact/hooks'
import { SEVERITIES } from '../../checks/severities'
import type { Finding } from '../../workbench/api'
import { diagnose } from '../../checks/diagnosis'
import { Empty, ViewHeader } from '../components/texts'
import { toHash } from '../hash'
import { place } from '../place'
import { findings } from '../stream/signals'
import { Badge } from '../ui'
import { FindingPanel } from './FindingPanel'
import './findings.css'

/** Shows the findings, most expensive first, and those that stopped last. The URL can select one by its code: `#/findings?code=missing-bid`. */
export function FindingsView() {
  const all = findings.value
  const { code } = place.value.parameters
  const isThere = all?.some((finding) => finding.code === code)
  useEffect(() => {
    if (code !== undefined && isThere) document.getElementById(code)?.scrollIntoView({ block: 'start' })
  }, [code, isThere])
  return (
    <>
      <ViewHeader
        title="Findings"
        lead="The mistakes that cost money or data, most expensive first, and how to fix them."
      />
      {all?.length === 0 && (
        <div class="panel">
          <Empty title="Nothing found so far">
            Each event is checked as it arrives. Clicks, orders and auctions of the same shopper tell the most.
          </Empty>
        </div>
      )}
      {all && <Diagnosis findings={all} />}
      {all &&
        resolvedLast(all).map((finding) => (
          <FindingPanel key={finding.code} finding={finding} isNamed={finding.code === code} />
        ))}
    </>
  )
}

function resolvedLast(all: readonly Finding[]): Finding[] {
  return [...all.filter(({ isResolved }) => !isResolved), ...all.filter(({ isResolved }) => isResolved)]
}

/** Shows the number of findings that cost money or data, in the navigation. */
export function FindingCount() {
  const found = findings.value ?? []
  const losses = found.filter(({ severity, isResolved }) => SEVERITIES[severity].isLoss && !isResolved)
  if (losses.length === 0) return null
  // The most expensive findings come first.
  return <Badge tone={SEVERITIES[losses[0].severity].tone}>{losses.length}</Badge>
}

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
