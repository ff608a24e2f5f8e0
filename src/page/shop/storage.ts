import type { Signal } from '@preact/signals'
import { keptSignal } from '../kept-signal'

/** Makes a signal whose value this tab keeps until it is closed. */
export function keep<Value>(name: string, initial: Value): Signal<Value> {
  return keptSignal(sessionStorage, `demo-shop.${name}`, initial, (kept) => kept !== undefined)
}
