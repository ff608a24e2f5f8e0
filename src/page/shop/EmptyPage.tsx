import { toHash } from './hash'

/** Says that a page has nothing to show, and leads to all products. */
export function EmptyPage({ title }: { title: string }) {
  return (
    <>
      <h1>{title}</h1>
      <p>
        <a href={toHash({ page: 'home' })}>See everything</a>
      </p>
    </>
  )
}
