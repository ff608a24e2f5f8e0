import { useEffect, useState } from 'preact/hooks'
import { Panel } from '../ui'
import { Button } from '../components/Button'
import { Problem } from '../components/Problem'
import { ViewHeader } from '../components/ViewHeader'
import { AddMapping } from './AddMapping'
import { FilterList } from './FilterList'
import { filters } from './filters-state'
import { type Import, ImportDialog } from './ImportDialog'
import { MappingEditor } from './MappingEditor'
import { MappingSwitches } from './MappingSwitches'
import './mappings.css'
import { loadMappings, mappings, mappingsProblem, selectedMapping, settings } from './mappings-state'
import { PreviewPanel } from './PreviewPanel'
import { followPreview } from './preview-state'
import { SettingField } from './SettingField'
import { SuggestDialog } from './SuggestDialog'

/** Shows which events are sent to Topsort, and how they are mapped. */
export function MappingsView() {
  const [importing, setImporting] = useState<Import>()
  const [isSuggesting, setSuggesting] = useState(false)
  useEffect(() => {
    void loadMappings()
    return followPreview()
  }, [])
  const selected = selectedMapping.value
  return (
    <>
      <ViewHeader
        title="Mappings"
        lead="Which events go to Topsort, and as what. Edit one, and see at once what changes."
      >
        <Button onClick={() => setSuggesting(true)}>Suggest</Button>
        <Button onClick={() => setImporting('mappings')}>Import mappings</Button>
        <Button onClick={() => setImporting('filters')}>Import filters</Button>
        <a class="button" href="/workbench/mappings?format=segment" download="topsort-mappings.json">
          Export
        </a>
      </ViewHeader>
      <Problem text={mappingsProblem.value} />
      {mappings.value && (
        <div class="mappings">
          <Panel title="Mappings" actions={<AddMapping />}>
            <MappingSwitches />
          </Panel>
          {selected && (
            <div class="mapping-work">
              <MappingEditor key={selected.id} listed={selected} />
              <PreviewPanel />
            </div>
          )}
          <SharedPanels />
        </div>
      )}
      {isSuggesting && <SuggestDialog onClose={() => setSuggesting(false)} />}
      {importing && <ImportDialog what={importing} onClose={() => setImporting(undefined)} />}
    </>
  )
}

/** What applies to all mappings: the settings and the filters. */
function SharedPanels() {
  return (
    <div class="mappings-all stack stack-far">
      {settings.value.length > 0 && (
        <Panel title="Settings of the destination">
          <div class="stack stack-far">
            {settings.value.map((setting) => (
              <SettingField key={setting.key} setting={setting} />
            ))}
          </div>
        </Panel>
      )}
      {filters.value.length > 0 && <FilterList />}
    </div>
  )
}
