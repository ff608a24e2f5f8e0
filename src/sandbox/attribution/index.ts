/**
 * The rules of credit, for rooms that keep their own record of what happened. They load faster than the whole sandbox.
 */
export { type AdInteraction, type AuctionFacts, toAdInteraction } from './interaction'
export {
  type AttributionSettings,
  changeSettings,
  DEFAULT_SETTINGS,
  listWindows,
  parseAttributionSettings
} from './settings'
export { addMoney, type OrderLine, toOrderLines } from './order-line'
