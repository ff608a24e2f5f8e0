/** Checks the definition as Segment does, and against saved settings and mappings. Prints each problem. */
import topsort from '../src/destinations/topsort'
import surface from '../test/compatibility/live-surface.json'
import { findBrokenPromises, findMistakes } from './definition-problems'

const problems = [...findMistakes(topsort), ...findBrokenPromises(topsort, surface)]
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
else console.log('The definition is valid, and accepts every setting and mapping that customers have saved.')
