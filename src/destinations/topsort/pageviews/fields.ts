import type { InputField } from '@segment/actions-core'
import * as fields from '../fields'
import { at } from '../mappings'

/** A standard page or screen call has all that is needed: a path or a name, and perhaps a category. */
export const page: InputField = {
  ...fields.page,
  description: 'The page or screen that was visited.',
  required: true,
  properties: {
    ...fields.pageProperties,
    pageId: {
      ...fields.pageProperties.pageId,
      description: 'Identifies the page, such as its path. The first of several values that is not empty counts.',
      multiple: true
    },
    names: {
      label: 'Page Names',
      description: 'What your site calls the page. Used if Page Type is empty: the first name of a known type counts.',
      type: 'string',
      multiple: true
    }
  },
  default: {
    type: at('$.properties.page.type'),
    pageId: [at('$.properties.page.pageId'), at('$.context.page.path'), at('$.properties.path'), at('$.name')],
    value: at('$.properties.page.value'),
    title: at('$.context.page.title'),
    names: [at('$.category'), at('$.properties.category'), at('$.name')]
  }
}
