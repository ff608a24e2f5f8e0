/** The reader of CSV. It is loaded only for such a file, so the package has it in a file of its own. */
export { parse } from 'csv-parse'
