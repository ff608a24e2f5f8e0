import type { InputField } from '@segment/actions-core'
import * as fields from '../fields'
import { at, ifNotEmpty } from '../mappings'

/** A standard page or screen call has all that is needed: a path or a name, and perhaps a category. */
export const page: InputField = {
  ...fields.page,
  description: 'The page or screen that was visited.',
  required: true,
  properties: {
    ...fields.pageProperties,
    type: {
      ...fields.pageProperties.type,
      description: `${fields.pageProperties.type.description} The first of several names that is one of these counts.`,
      multiple: true
    },
    pageId: {
      ...fields.pageProperties.pageId,
      description: 'Identifies the page, such as its path. The first of several values that is not empty counts.',
      multiple: true
    }
  },
  default: {
    type: ifNotEmpty('$.properties.page.type', [at('$.category'), at('$.properties.category'), at('$.name')]),
    pageId: [at('$.properties.page.pageId'), at('$.context.page.path'), at('$.properties.path'), at('$.name')],
    value: ifNotEmpty('$.properties.page.value', at('$.context.page.title'))
  }
}
