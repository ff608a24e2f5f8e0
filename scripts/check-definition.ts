/** Checks the definition as Segment will, and against what customers have saved. Prints what is wrong, and then fails. */
import topsort from '../src/destinations/topsort'
import surface from '../test/compatibility/live-surface.json'
import { brokenPromises, mistakes } from './definition-problems'

const problems = [...mistakes(topsort), ...brokenPromises(topsort, surface)]
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
else console.log('The definition is sound, and takes every setting and mapping that customers have saved.')
