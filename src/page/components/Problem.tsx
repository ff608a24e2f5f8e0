/** A sentence that says what is wrong. Screen readers read it at once. Renders nothing if the text is empty. */
export function Problem({ text, id }: { text: string; id?: string }) {
  if (text === '') return null
  return (
    <p class="problem text-bad" id={id} role="alert">
      {text}
    </p>
  )
}
