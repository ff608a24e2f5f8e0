/** The rules of credit, for those who keep their own record of what happened. */
export { type AuctionFacts, toInteraction } from './interaction'
export { type OrderLine, roundMoney, toOrderLines } from './order-line'
