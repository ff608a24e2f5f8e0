/** The bodies of the requests that the sandbox takes: their types, and functions that check them. */
export * from './auctions'
export * from './events'
export * from './link-users'
