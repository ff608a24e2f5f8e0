import { commandLine } from '../../core'
import type { Suggestion, Suggestions } from '../../suggest'
import { formatCount, formatCountOf } from '../preflight/numbers'
import { createStyles, section, type Styles, tableOf, titleOf, wrap } from '../terminal'
import type { Arguments } from './arguments'
import { AS_NEW, describePlace, listFigures, nameSuggestion } from './words'

export type SummaryOptions = {
  color: boolean
  args: Pick<Arguments, 'inputs' | 'out' | 'terraform' | 'report'>
}

const INDENT = '     '

/** Writes suggestions as text for a terminal. */
export function summarize(result: Suggestions, { color, args }: SummaryOptions): string {
  const styles = createStyles(color)
  const { bold, yellow, dim } = styles
  const { input, suggestions, kept, leftOut, worthALook, needs, before, after, limits } = result
  const title = (text: string): string => titleOf(text, bold)
  const named = (list: { name: string; count: number; why: string }[]): string[] =>
    list.flatMap(({ name, count, why }) => [`  "${name}" ${dim(`(${formatCount(count)})`)}`, ...wrap(why, INDENT)])
  return [
    `${bold(formatCountOf(input.events, 'event'))} with ${formatCountOf(input.names, 'name')}. Nothing was sent.`,
    ...section(
      title('Suggested mappings'),
      suggestions.flatMap((each, index) => suggestionLines(each, index, styles))
    ),
    ...(suggestions.length > 0 ? [] : wrap(whyNothing(result), '  ')),
    ...section(title('Mappings that fit, and stay as they are'), kept.length > 0 ? wrap(kept.join(', '), '  ') : []),
    ...section(title('Left out'), named(leftOut)),
    ...section(
      title('Worth a look'),
      named(worthALook.map((each) => ({ ...each, why: `It may be ${each.looksLike}. ${each.why}` })))
    ),
    ...section(
      title('What the shop has to send'),
      needs.flatMap(({ sentence, code }) => [`  ${yellow(code)}`, ...wrap(sentence, INDENT)])
    ),
    title('All events'),
    ...figureLines(before, after, '  '),
    ...section(
      title('Limits'),
      limits.flatMap((limit) => wrap(limit, '  '))
    ),
    '',
    ...nextSteps(args, styles)
  ].join('\n')
}

function whyNothing({ kept, needs }: Suggestions): string {
  if (needs.length > 0) return '\nNo mapping is suggested. See below what the shop has to send.'
  return kept.length > 0
    ? '\nNothing is suggested: the mappings fit these events.'
    : '\nNo event looks like one that Topsort takes.'
}

function suggestionLines(suggestion: Suggestion, index: number, { bold, dim, green }: Styles): string[] {
  const { mapping, events, except, fields, before, after } = suggestion
  const place = describePlace(suggestion)
  const why = [...new Set(events.flatMap((event) => event.why))]
  return [
    ...(index === 0 ? [] : ['']),
    `  ${green(`${index + 1}.`)} ${bold(nameSuggestion(suggestion))} ${dim(`(${place})`)}`,
    `${INDENT}${dim('trigger')}  ${mapping.subscribe}`,
    ...wrap(why.join(' '), INDENT),
    ...(except === '' ? [] : wrap(`Not if ${except}.`, INDENT)),
    ...fields.flatMap(({ field, paths, sentence }) => [
      `${INDENT}${bold(field)}  ${paths.length > 0 ? paths.join(', else ') : dim(AS_NEW)}`,
      ...wrap(sentence, `${INDENT}  `)
    ]),
    ...figureLines(before, after, INDENT)
  ]
}

function figureLines(before: Suggestion['before'], after: Suggestion['after'], indent: string): string[] {
  const rows = listFigures(before, after).map((row) => [row.name, row.before, row.after])
  if (rows.length === 0) return [`${indent}Nothing is delivered.`]
  const isSame = rows.every(([, then, now]) => then === now)
  const shown = isSame ? rows.map(([name, , now]) => [name, now]) : [['', 'before', 'after'], ...rows]
  return tableOf(shown).map((line) => `${indent.slice(2)}${line}`)
}

function nextSteps({ inputs, out, terraform, report }: SummaryOptions['args'], { bold, dim }: Styles): string[] {
  const files = [out, terraform, report].filter((file) => file !== undefined)
  const written = files.length > 0 ? [`Written: ${files.map((file) => bold(file)).join(', ')}`] : []
  if (out === undefined)
    return [...written, dim('To write all mappings: --out mappings.json. To show why on a page: --report suggest.html')]
  return [
    ...written,
    `Try them: ${commandLine('preflight', `${inputs.join(' ')} --mappings ${out}`)}`,
    `Edit them: import ${out} on the page of ${commandLine('start')}, under Mappings`
  ]
}
