import { readFileSync } from 'node:fs'
import { readMapping } from './core/exchange/csv/read-mapping.ts'
import type { ReadOptions } from './core/exchange/read-import-file.ts'
import { isObject } from '#schema/record/fhir/json.ts'

/**
 * How tables are read by `npm run inspect` and `npm run convert`: as the JSON file `path` says (what `inspect --json` calls `mapping`;
 * `zone` may be left out, and is then this machine's). Undefined where the file can't be read or is none.
 */
export function columnOptions(path: string | undefined): ReadOptions | undefined {
  if (path === undefined) return {}
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    const answer = isObject(value) ? readMapping({ zone, ...value }) : undefined
    return answer === undefined ? undefined : { tables: { zone: () => zone, answer, remembered: () => undefined } }
  } catch {
    return undefined
  }
}
