import { parseAuctionScripts, parseFaults } from '../../src/sandbox'
import { faultScripts } from '../../src/page/faults/fault-scripts'

describe("the buttons of the page's faults", () => {
  test.each([
    ...faultScripts.events.map(({ title, step }) => [title, step, parseFaults] as const),
    ...faultScripts.auctions.map(({ title, step }) => [title, step, parseAuctionScripts] as const)
  ])('the button %s of the page has a script that the sandbox takes', (_, step, parse) => {
    const steps = [{ ...step, times: 3 }]
    expect(parse(steps)).toEqual(steps)
  })
})
