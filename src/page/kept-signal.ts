import { effect, type Signal, signal } from '@preact/signals'
import { parseJson } from '../core/json'

/**
 * Makes a signal whose value the browser keeps as JSON.
 *
 * @param storage `sessionStorage` keeps it until the tab is closed
 * @param initial the value if none was kept
 * @param isValid whether a kept value can be used. An earlier version of the page may have written it
 */
export function keptSignal<Value>(
  storage: Storage,
  key: string,
  initial: Value,
  isValid: (kept: unknown) => boolean = Array.isArray
): Signal<Value> {
  const kept = parseJson(storage.getItem(key) ?? '')
  const value = signal(isValid(kept) ? (kept as Value) : initial)
  let isFirst = true
  effect(() => {
    const text = JSON.stringify(value.value)
    if (!isFirst) storage.setItem(key, text)
    isFirst = false
  })
  return value
}
