import { useState } from 'preact/hooks'

/** Remembers whether something is open. Returns the current state, and the functions that open and close it. */
export function useToggle(): [isOpen: boolean, open: () => void, close: () => void] {
  const [isOpen, setIsOpen] = useState(false)
  const open = (): void => setIsOpen(true)
  const close = (): void => setIsOpen(false)
  return [isOpen, open, close]
}
