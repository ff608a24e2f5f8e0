import { useEffect } from 'preact/hooks'
import { DialogButton } from '../components/Dialog'
import { Problem, ViewHeader } from '../components/texts'
import { Panel } from '../ui'
import { ImportDialog } from './ImportDialog'
import { MappingEditor } from './MappingEditor'
import { AddMapping, MappingSwitches } from './MappingList'
import { loadMappings, mappings, mappingsProblem, selectedMapping } from './mappings-state'
import './mappings.css'
import { PreviewPanel } from './PreviewPanel'
import { followPreview } from './preview-state'
import { SharedPanels } from './SharedPanels'
import { SuggestDialog } from './SuggestDialog'

/** Shows which events are sent to Topsort, and how they are mapped. */
export function MappingsView() {
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
        <DialogButton title="Suggest">{(close) => <SuggestDialog onClose={close} />}</DialogButton>
        <DialogButton title="Import mappings">
          {(close) => <ImportDialog what="mappings" onClose={close} />}
        </DialogButton>
        <DialogButton title="Import filters">{(close) => <ImportDialog what="filters" onClose={close} />}</DialogButton>
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
    </>
  )
}
