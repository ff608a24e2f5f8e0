import { sentPathOf } from '../detail/sent-path'

describe('the place of a payload value in what was sent', () => {
  const clicks = { clicks: [{ id: 'm1', placement: { position: 1 } }] }

  it.each([
    ['placement.position', 'clicks[0].placement.position'],
    ['productId', 'clicks[0].entity.id'],
    ['dspMetadata.gclid', 'clicks[0].dsp_metadata.gclid']
  ])('of %s is %s', (path, place) => {
    expect(sentPathOf(path, clicks)).toBe(place)
  })

  it('of a product of a list is in the event with its index', () => {
    const impressions = { impressions: [{ id: 'm1-0' }, { id: 'm1-2' }] }
    expect(sentPathOf('products[2].position', impressions)).toBe('impressions[1].placement.position')
    expect(sentPathOf('products[1].position', impressions)).toBeUndefined()
  })

  it('is nowhere if nothing was sent', () => {
    expect([sentPathOf('id', undefined), sentPathOf('id', {}), sentPathOf('id', { from: 'a' })]).toEqual([
      undefined,
      undefined,
      undefined
    ])
  })
})
