import { draftAt, findHints, quote, withoutTerms } from '../events/search-hints'
import type { DeliveryRow } from '../../workbench/api'

const rows = ['Product Viewed', 'Product Viewed', 'Order Completed'].map((name, sequence): DeliveryRow => ({
  sequence,
  receivedAt: '',
  event: { messageId: `m${sequence}`, type: 'track', name, anonymousId: 'visitor-1' },
  mapping: 'Impression',
  stage: 'failed',
  status: 400,
  message: 'Topsort refused this click: bad_request: unknown',
  codes: sequence === 0 ? ['topsort_refused', 'resolved_bid_id_not_found'] : ['topsort_refused'],
  attempts: 1,
  findings: []
}))

const terms = (term: string) => findHints(term, rows).map((hint) => hint.term)

describe('the completions of the search', () => {
  it('an empty term has the fields as hints', () => {
    expect(terms('')).toEqual(['is:', 'event:', 'mapping:', 'user:', 'id:', 'code:'])
    expect(terms('i')).toEqual(['is:', 'id:'])
  })

  it('a field has its values as hints, the most frequent first, quoted if they have spaces', () => {
    expect(terms('event:')).toEqual(['event:"Product Viewed"', 'event:"Order Completed"'])
    expect(terms('event:"ord')).toEqual(['event:"Order Completed"'])
    expect(terms('code:')).toEqual(['code:topsort_refused', 'code:resolved_bid_id_not_found'])
  })

  it('hints keep the minus of a negated term', () => {
    expect(terms('-is:d')).toEqual(['-is:delivered'])
  })

  it('a word, a whole term and an unknown field have no hints', () => {
    expect([terms('yogurt'), terms('is:failed'), terms('color:red')]).toEqual([[], [], []])
  })
})

describe('the term at the cursor', () => {
  it('the term at the cursor includes its quotes and the spaces in them', () => {
    const text = 'yogurt event:"Order Com'
    expect(draftAt(text, text.length)).toEqual({ before: 'yogurt ', term: 'event:"Order Com', after: '' })
  })

  it('the term after a space is empty', () => {
    expect(draftAt('yogurt ', 7)).toEqual({ before: 'yogurt ', term: '', after: '' })
  })
})

describe('the terms of a search', () => {
  it('terms are removed by their field, also if they are negated', () => {
    expect(withoutTerms('yogurt is:failed -is:ingest event:"A is:b"', 'is:')).toBe('yogurt event:"A is:b"')
  })

  it('values have quotes if they have spaces', () => {
    expect([quote('Click'), quote('Order "Completed"')]).toEqual(['Click', '"Order Completed"'])
  })
})
