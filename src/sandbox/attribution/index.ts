/**
 * The rules of credit, for rooms that keep their own record of what happened. They load faster than the whole sandbox.
 */
export { type AuctionFacts, toAdInteraction } from './interaction'
export { addMoney, type OrderLine, toOrderLines } from './order-line'
