import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import type { ModuleInfo } from 'license-checker-rseidelsohn'
import { init } from 'license-checker-rseidelsohn'

/** Permissive: they ask for a notice at most. The last three are those of data (browsers, licences), not of programs. */
const ACCEPTED = new Set([
  ...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'PSF-2.0', 'Python-2.0'],
  ...['CC0-1.0', 'CC-BY-3.0', 'CC-BY-4.0']
])

/** What is in the MIT licence and in no other. */
const MIT =
  'Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated'

/** A package, such as `jest@30.0.0`, and its licence as an SPDX expression, or what there is in place of one. */
type Licensed = { name: string; licence: string }

/** The licences of all packages below a folder's `node_modules`, those of development among them. */
export async function licencesOf(folder: string): Promise<Licensed[]> {
  const packages = await promisify(init)({ start: folder, excludePrivatePackages: true })
  return Object.entries(packages).map(([name, info]) => ({ name, licence: licenceOf(info) }))
}

/** Some packages do not name their licence: then the text counts, which the checker takes for a guess (`MIT*`) at best. */
function licenceOf({ licenses = 'none', licenseFile }: ModuleInfo): string {
  const named = [licenses].flat().join(' AND ')
  if (named === 'MIT*') return 'MIT'
  const text = named.startsWith('Custom: ') && licenseFile ? readFileSync(licenseFile, 'utf8') : ''
  return text.replace(/\s+/g, ' ').includes(MIT) ? 'MIT' : named
}

/** Whether a licence is permissive. An expression with both AND and OR is not understood, and so it is not. */
export function isPermissive(licence: string): boolean {
  const terms = licence.replace(/[()]/g, '')
  return terms.includes(' OR ')
    ? terms.split(' OR ').some((term) => ACCEPTED.has(term))
    : terms.split(' AND ').every((term) => ACCEPTED.has(term))
}
