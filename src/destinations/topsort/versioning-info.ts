/**
 * TOPSORT_API_VERSION
 * The version of Topsort's Events API: the first segment of its path.
 * API reference: https://docs.topsort.com/en/api-reference/
 */
export const TOPSORT_API_VERSION = 'v2'
