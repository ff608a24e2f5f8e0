import { parsePlace, toHash } from '../hash'

describe('a place in the URL', () => {
  it('without a hash, the place is the list of events', () => {
    expect(parsePlace('')).toEqual({ path: '/events', parameters: {} })
  })

  it('a link keeps every character of a search', () => {
    const parameters = { query: 'event:"Ü & = # ?" -is:failed 100%', event: '12' }
    expect(parsePlace(toHash('/events', parameters))).toEqual({ path: '/events', parameters })
  })

  it('a link omits empty parameters', () => {
    expect(toHash('/events', { query: '', event: undefined })).toBe('#/events')
  })
})
