import { styleText } from 'node:util'
import type { Delivery } from '../pipeline'
import { isNothing } from './sent-events'

type Style = Parameters<typeof styleText>[0]

/**
 * Writes one line for the terminal about a delivery.
 *
 * @param color whether the terminal shows colors
 * @returns for example `Product Clicked -> Click: delivered (204)`, without a line break
 */
export function deliveryLine(delivery: Delivery, color: boolean): string {
  const { event, mapping, status, ok, attempts, message, sent } = delivery
  // The caller decides about colors. By default, Node would check stdout.
  const paint = (style: Style, text: string): string =>
    color ? styleText(style, text, { validateStream: false }) : text

  if (event === null || mapping === null) return paint(ok ? 'dim' : 'red', printable(message))

  const title = printable(`${event.name || `${event.type} call`} -> ${mapping}`)
  const times = attempts > 1 ? ` after ${attempts} attempts` : ''
  const verdict = ok
    ? paint('green', isNothing(sent) ? 'nothing to deliver' : `delivered (${status})`)
    : paint('red', `failed (${status})`)
  const which = ok ? '' : ` [${printable(event.messageId)}]`
  return `${title}: ${verdict}${times}${message && `: ${printable(message)}`}${which}`
}

/** Escapes control and formatting characters. The texts come from outside, and a terminal would execute them. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `\\u{${code.toString(16)}}`
  })
}
