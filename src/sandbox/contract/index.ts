/** Types of the request bodies that the sandbox accepts, and functions that check them. */
export * from './auctions'
export * from './brand-auctions'
export * from './events'
export * from './link-users'
export * from './travel-auctions'
