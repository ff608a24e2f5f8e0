// This import must be first, so that its hooks apply to all files.
import '../../src/destinations/topsort/__tests__/__helpers__/support'
import { runAllTests } from './run-all-tests'

runAllTests('src/destinations/topsort')
