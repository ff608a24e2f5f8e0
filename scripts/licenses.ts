import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import type { ModuleInfo } from 'license-checker-rseidelsohn'
import { init } from 'license-checker-rseidelsohn'

/** Licenses that require a notice at most. The last three are for data, such as lists of browsers. */
const ACCEPTED = new Set([
  ...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'PSF-2.0', 'Python-2.0'],
  ...['CC0-1.0', 'CC-BY-3.0', 'CC-BY-4.0']
])

/** A sentence that only the MIT license has. */
const MIT =
  'Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated'

/** A package, such as `jest@30.0.0`, and its license: an SPDX expression, or any other text of the package. */
type LicensedPackage = { name: string; license: string }

/** Reads the licenses of all packages in a folder's `node_modules`, including those for development. */
export async function readLicenses(folder: string): Promise<LicensedPackage[]> {
  const packages = await promisify(init)({ start: folder, excludePrivatePackages: true })
  return Object.entries(packages).map(([name, info]) => ({ name, license: toLicense(info) }))
}

/** Returns the license of a package. Recognizes MIT by its text. `MIT*` means that the checker recognized it. */
function toLicense({ licenses = 'none', licenseFile }: ModuleInfo): string {
  const named = [licenses].flat().join(' AND ')
  if (named === 'MIT*') return 'MIT'
  const text = named.startsWith('Custom: ') && licenseFile ? readFileSync(licenseFile, 'utf8') : ''
  return text.replace(/\s+/g, ' ').includes(MIT) ? 'MIT' : named
}

/**
 * Returns whether a license is permissive. Does not support expressions with both AND and OR: these are not permissive.
 */
export function isPermissive(license: string): boolean {
  const terms = license.replace(/[()]/g, '')
  return terms.includes(' OR ')
    ? terms.split(' OR ').some((term) => ACCEPTED.has(term))
    : terms.split(' AND ').every((term) => ACCEPTED.has(term))
}
