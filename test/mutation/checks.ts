import { runAllTests } from './run-all-tests'

runAllTests('src/checks', 'src/comparison')
