import { parseAuctionScripts, parseFaults } from '../../src/sandbox'
import { faultScripts } from '../../src/page/faults/fault-scripts'

describe("the buttons of the page's faults", () => {
  test.each(faultScripts.map((script) => [script.title, script] as const))(
    'the button %s of the page has a script that the sandbox takes',
    (_, script) => {
      const steps = [{ ...script.step, times: 3 }]
      const parse = script.target === 'events' ? parseFaults : parseAuctionScripts
      expect(parse(steps)).toEqual(steps)
    }
  )
})
