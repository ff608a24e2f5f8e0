import { isObject } from './json'

/** Why an event failed, or what of it was omitted, as data: a stable code and its parts. */
export type Reason = { code: string; [part: string]: unknown }

/** Returns whether a value is a reason. */
export function isReason(value: unknown): value is Reason {
  return isObject(value) && typeof value.code === 'string'
}

/** Lists a reason and the reasons inside it: its notes, and those of single events, lines or products. */
export function listReasons(reason: unknown): Reason[] {
  if (!isReason(reason)) return []
  return [reason, ...Object.values(reason).flat().flatMap(listReasons)]
}

/** Lists the codes of a reason: its own, Topsort's, and those of the reasons inside it. Each of them once. */
export function listCodes(reason: unknown): string[] {
  return [...new Set(listReasons(reason).flatMap(listOwnCodes))]
}

/** Lists the codes of a reason without the reasons inside it: its own, and Topsort's if it has one. */
export function listOwnCodes({ code, errCode }: Reason): string[] {
  return typeof errCode === 'string' ? [code, errCode] : [code]
}

/** Returns the places of the lines or products that a reason is about. They are counted from 1. */
export function readPlaces({ lines, products }: Reason): number[] {
  return [lines ?? products].flat().filter((place) => typeof place === 'number')
}

/** Returns the problems of single lines of an order, or of single products of a list, each with their places. */
export function listProblems({ problems }: Reason): { code: string; places: number[] }[] {
  return [problems]
    .flat()
    .filter(isReason)
    .map((problem) => ({ code: problem.code, places: readPlaces(problem) }))
}
