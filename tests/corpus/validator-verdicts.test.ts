import { existsSync, openAsBlob, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { ImportedFile } from '#app/core/exchange/imported-resource.ts'
import { readChosenFile } from '#app/core/exchange/read-import-file.ts'
import type { ImportFailure } from '#app/core/import-session.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { isObject, type JsonObject, parseObject } from '#schema/record/fhir/json.ts'
import type { Result } from '#schema/result.ts'
import { validityFaults } from '#tests/support/validity/fhir-validity.ts'

/**
 * The cases of HL7's Java validator, judged by ours: what comes in, and whether it would pass for something that we write. Prints both
 * verdicts side by side. `vitest run --project slow tests/corpus/validator-verdicts.test.ts`
 */

beforeAll(readyCrypto)

const FOLDER = join(
  process.env['WELLKEEP_CORPUS'] ?? join(import.meta.dirname, '../../../shared/data'),
  'fhir-validator-cases',
)
const VERDICTS = join(FOLDER, 'expected.json')

const NAMES = 'Java asks a terminology server whether a code’s display is its name; ours is kept as it came'
const SERVER = 'Java asks a terminology server for the code; we carry no such tables and ask nobody'
const EXTENSION = 'Java refuses extensions whose definition it has not; FHIR allows them, and we keep them'
const NO_VALUE =
  'an extension alone where a code is bound: R4 binds the value, and there is none; we keep a source’s own code so (C-CDA)'
const SEARCH = 'a rule for what a server answers to a search: read as it came, never written'
const PROFILE =
  'Java holds every body temperature and pressure to the vital signs profiles; what we write has their codes'

/** Where the two verdicts differ, and why ours stands. What is not here must be judged as Java does. */
const JUDGED_OTHERWISE: ReadonlyMap<string, string> = new Map([
  ['bundle-id-collection', NAMES],
  ['ips-nz-pj', NAMES],
  ['allergy', NO_VALUE],
  ['us-docref', NO_VALUE],
  ['ips-htmlrefs-backwards', 'links from entries into a narrative, which we do not write and do not follow'],
  ['bundle-id-search-2', SEARCH],
  ['bundle-id-search-3', SEARCH],
  ['obs-temp-bad', PROFILE],
  ['obs-vs-1', PROFILE],
  ['obs-temp-code2', SERVER],
  ['shc-cvx', SERVER],
  ['pat-dob-ext', EXTENSION],
  ['pat-example-ext', EXTENSION],
  ['params-empty', 'valid, but it says nothing: ours finds whatever is empty, as we must never write it'],
])

/** Not one of them is lost or refused for its faults: only what is no JSON is. */
const NO_JSON: ReadonlySet<string> = new Set(['bad-json-close-2', 'bad-json-close-3', 'json-no-quotes-2'])

interface Judged {
  readonly name: string
  readonly javaErrors: number
  readonly javaSays: string
  readonly comesIn: string
  /** What is wrong with it by ours. */
  readonly faults: readonly string[]
}

function comesIn(read: Result<ImportedFile, ImportFailure>): string {
  if (!read.ok) return `refused: ${read.failure.kind}`
  const { resources, unusable } = read.value
  const reasons = [...new Set(unusable.map(({ reason }) => reason))]
  return reasons.length === 0 ? `${resources.length} in` : `${resources.length} in, unusable: ${reasons.join(', ')}`
}

/** As we check what we write ourselves; a card is judged by its signature. */
function faultsOf(read: Result<ImportedFile, ImportFailure>, resource: JsonObject): readonly string[] {
  if (!read.ok) return [read.failure.kind]
  const { cards } = read.value
  if (cards.length > 0) return cards.flatMap(({ signature }) => (signature === 'trusted' ? [] : [`card: ${signature}`]))
  return validityFaults(resource)
}

async function judge(file: string, verdict: JsonObject): Promise<Judged> {
  const path = join(FOLDER, file)
  const read = await readChosenFile(await openAsBlob(path), file)
  const texts = Array.isArray(verdict['texts']) ? verdict['texts'].map(String) : []
  return {
    name: file.replace(/^validator__|\.json$/g, ''),
    javaErrors: Number(verdict['errors']),
    javaSays: texts[0] ?? '',
    comesIn: comesIn(read),
    faults: faultsOf(read, parseObject(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))),
  }
}

const isAlike = ({ javaErrors, faults }: Judged) => (javaErrors === 0) === (faults.length === 0)

function tableOf(all: readonly Judged[]): string {
  const rows = all.map(each => {
    const java = each.javaErrors === 0 ? 'valid' : `${each.javaErrors}: ${each.javaSays.slice(0, 60)}`
    const ours = each.faults.length === 0 ? 'valid' : `${each.faults.length}: ${each.faults[0]?.slice(0, 60)}`
    const why = isAlike(each) ? '' : (JUDGED_OTHERWISE.get(each.name) ?? 'NEW')
    return [each.name, each.comesIn, java, ours, why].join(' | ')
  })
  return ['case | comes in | Java | ours | differs because', ...rows].join('\n')
}

test.skipIf(!existsSync(VERDICTS))(
  'every case of the Java validator is judged as it does, or otherwise for a reason',
  async () => {
    const judged: Judged[] = []
    for (const [file, verdict] of Object.entries(parseObject(readFileSync(VERDICTS, 'utf8')))) {
      if (isObject(verdict)) judged.push(await judge(file, verdict))
    }
    const alike = judged.filter(isAlike)
    console.log(`\n${tableOf(judged)}\n${alike.length} of ${judged.length} judged alike\n`)
    expect(judged.length).toBeGreaterThan(0)
    const differing = judged.filter(each => !isAlike(each)).map(({ name }) => name)
    expect(differing.toSorted()).toEqual(
      [...JUDGED_OTHERWISE.keys()].filter(name => judged.some(each => each.name === name)).toSorted(),
    )
    const refused = judged.filter(each => each.comesIn.startsWith('refused'))
    expect(refused.map(({ name, comesIn: answer }) => `${name} ${answer}`)).toEqual(
      [...NO_JSON].map(name => `${name} refused: not-json`),
    )
  },
)
