import { createConfig } from './create-config.mjs'

export default createConfig({ tests: 'destination.ts', folders: ['src/destinations/topsort'], atLeast: 95 })
