import { describeOption, nameOption, type Options } from '../../src/core'
import { toTable } from './table'

const START = '<!-- Written by `npm run docs` from the options of the command. -->'
const END = '<!-- The end of the options. -->'

/**
 * Replaces the table of options between the markers of a page.
 *
 * @throws Error if the page lacks the markers
 */
export function replaceOptions(
  page: string,
  options: Options,
  variables: Readonly<Record<string, string>> = {}
): string {
  const [before, after] = [page.split(START)[0], page.split(END)[1] as string | undefined]
  if (before === page || after === undefined) throw new Error(`The page lacks the markers ${START} and ${END}`)
  const rows = [
    ...Object.entries(options).map(([name, option]) => [`\`${nameOption(name, option)}\``, describeOption(option)]),
    ...Object.entries(variables).map(([name, description]) => [`\`${name}\` in the environment`, description])
  ]
  return `${before}${START}\n\n${toTable(['Option', 'What it does'], rows)}\n\n${END}${after}`
}
