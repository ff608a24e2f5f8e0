import { createConfig } from './create-config.mjs'

export default createConfig({ tests: 'checks.ts', folders: ['src/checks', 'src/comparison'], atLeast: 80 })
