import { describeOption, nameOption, type Options } from '../../src/core'
import { replacePart } from './generated-part'
import { toTable } from './table'

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
  const rows = [
    ...Object.entries(options).map(([name, option]) => [`\`${nameOption(name, option)}\``, describeOption(option)]),
    ...Object.entries(variables).map(([name, description]) => [`\`${name}\` in the environment`, description])
  ]
  return replacePart(page, 'the options of the command', 'options', toTable(['Option', 'What it does'], rows))
}
