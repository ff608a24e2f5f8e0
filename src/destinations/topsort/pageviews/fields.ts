import type { InputField } from '@segment/actions-core'
import * as fields from '../fields'
import { at, merge } from '../mappings'

/** The page of a page view. Its default works for standard page and screen calls, which have a path or a name. */
export const page: InputField = {
  ...fields.page,
  description: 'The page or screen that was visited.',
  required: true,
  properties: {
    ...fields.pageProperties,
    otherIds: {
      label: 'Other Page IDs',
      description: 'Used in their order if Page ID is empty.',
      type: 'string',
      multiple: true
    },
    names: {
      label: 'Page Names',
      description: 'What your site calls the page. Used if Page Type is empty: the first name of a known type counts.',
      type: 'string',
      multiple: true
    }
  },
  default: merge(
    {
      otherIds: [at('$.context.page.path'), at('$.properties.path'), at('$.name')],
      names: [at('$.category'), at('$.properties.category'), at('$.name')],
      title: at('$.context.page.title')
    },
    at('$.properties.page')
  )
}
