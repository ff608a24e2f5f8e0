import { SEARCH_KEYS, toTerm } from '../../core/search-language'
import { draftAt, findHints, withoutTerms, withTerm } from '../events/search-hints'
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
  findings: sequence === 0 ? ['unknown-bid'] : [],
  about: { kind: 'product', id: 'p_1' },
  ad: { sponsored: 1, of: 1, bid: 'bid-1' }
}))

const terms = (term: string) => findHints(term, rows).map((hint) => hint.term)

describe('the completions of the search', () => {
  it('an empty term has the fields as hints', () => {
    expect(terms('')).toEqual(Object.keys(SEARCH_KEYS).map((key) => `${key}:`))
    expect(terms('i')).toEqual(['is:', 'id:'])
  })

  it('a field has its values as hints, the most frequent first, quoted if they have spaces', () => {
    expect(terms('event:')).toEqual(['event:"Product Viewed"', 'event:"Order Completed"'])
    expect(terms('event:"ord')).toEqual(['event:"Order Completed"'])
    expect(terms('product:')).toEqual(['product:p_1'])
    expect(terms('bid:')).toEqual(['bid:bid-1'])
    expect(terms('finding:')).toEqual(['finding:unknown-bid'])
    expect(terms('since:')).toEqual(['since:5m', 'since:1h', 'since:1d', 'since:00:00'])
    expect(terms('has:')).toEqual(['has:finding', 'has:message', 'has:value'])
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
    const isOfIs = ({ key }: { key?: string }) => key === 'is'
    expect(withoutTerms('yogurt is:failed -is:ingest event:"A is:b"', isOfIs)).toBe('yogurt event:"A is:b"')
  })

  it('a new term replaces the one with its key, but not words, negated terms and other values of is', () => {
    expect(withTerm('yogurt user:a -user:b', 'user', 'c d')).toBe('yogurt -user:b user:"c d"')
    expect(withTerm('is:failed', 'is', 'sponsored')).toBe('is:failed is:sponsored')
    expect(withTerm('is:failed', 'is', 'failed')).toBe('is:failed')
  })

  it('values have quotes if they have spaces', () => {
    expect([toTerm('mapping', 'Click'), toTerm('event', 'Order "Completed"')]).toEqual([
      'mapping:Click',
      'event:"Order Completed"'
    ])
  })
})
