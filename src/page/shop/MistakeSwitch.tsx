import { useEffect, useState } from 'preact/hooks'
import { Switch } from '../components/Switch'
import { isDoublyMapped, switchDoubleMapping } from './double-mapping'
import { makes, type Mistake, switchMistake } from './mistakes'
import { go } from './route'
import { becomeNewShopper } from './tracking'
import { visitFindings } from './visit-findings'

/** A switch for a mistake, and the finding about it. */
export function MistakeSwitch({ mistake: { code, title, says, steps } }: { mistake: Mistake }) {
  const [failure, setFailure] = useState<string>()
  const isOn = makes(code)
  const isFound = visitFindings.value.some((finding) => finding.code === code)
  const id = `mistake-${code}`

  // This mistake is in the mappings, which stay after the tab is closed.
  useEffect(() => {
    if (code !== 'double-click') return
    isDoublyMapped().then(
      (isMapped) => switchMistake(code, isMapped),
      (error: unknown) => setFailure((error as Error).message)
    )
  }, [])

  async function change(isWanted: boolean): Promise<void> {
    try {
      if (code === 'double-click') await switchDoubleMapping(isWanted)
      switchMistake(code, isWanted)
      setFailure(undefined)
      // Earlier events of the same shopper would explain the new ones, and hide the mistake.
      await becomeNewShopper()
      go({ page: 'home' })
    } catch (error) {
      setFailure((error as Error).message)
    }
  }

  return (
    <li class={`mistake panel stack stack-close ${isOn ? 'mistake-on' : ''}`}>
      <Switch label={title} checked={isOn} onChange={change} describedBy={id} />
      <div class="stack stack-close" id={id}>
        {isOn && <p>{steps}</p>}
        <p class="quiet">{says}</p>
        {failure !== undefined && <p class="problem">{failure}</p>}
      </div>
      <p>
        <a class={isFound ? 'mistake-found text-bad' : undefined} href={`/#/findings?code=${code}`}>
          {isFound ? `Found: ${code}` : code}
        </a>
      </p>
    </li>
  )
}
