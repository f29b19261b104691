import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { exportFhir } from '#app/core/exchange/export-fhir.ts'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { fieldsFromFhir } from '#schema/record/own-entry.ts'
import { isObject, type JsonObject, objectsOf } from '#schema/record/fhir/json.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { readyCrypto } from '#crypto/sodium.ts'

beforeAll(readyCrypto)

const ROOT = process.env['WELLKEEP_CORPUS'] ?? join(import.meta.dirname, '../../../shared/data')
const FOLDERS = [
  'synthea',
  'ips',
  'phr-format',
  'us-core',
  'fhir-r4-official',
  'hostile-json',
  'fhir-validator-cases',
  'questionnaires',
]
const PERSON = { name: 'Corpus', recordId: 'corpus' }

if (!existsSync(ROOT))
  console.warn(
    `\n*** tests/corpus SKIPPED: there is no ${ROOT}. Set WELLKEEP_CORPUS to the folder of sample files. ***\n`,
  )

function filesIn(folder: string): readonly string[] {
  const path = join(ROOT, folder)
  if (!existsSync(path)) return []
  return readdirSync(path)
    .filter(name => /\.(json|phr)(\.gz)?$/.test(name))
    .map(name => join(folder, name))
}

const ALL = FOLDERS.flatMap(filesIn)
const plainText = (path: string) => {
  const bytes = readFileSync(join(ROOT, path))
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

/** Every number as `#text`, so that `1.10` and `1.1` differ. Our own small reader, apart from the importer's. */
function withNumberTexts(text: string): unknown {
  return JSON.parse(
    text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, token =>
      token.startsWith('"') ? token : `"#${token}"`,
    ),
  )
}

function resourcesOf(value: unknown): readonly JsonObject[] {
  if (isObject(value) && value['resourceType'] === 'Bundle')
    return objectsOf(value['entry']).flatMap(entry => objectsOf(entry['resource']))
  return objectsOf(value)
}

/** As the file has them: a Bundle, or one resource a line. */
function expectedResources(path: string): readonly JsonObject[] {
  const text = plainText(path)
  if (!path.includes('.phr')) return resourcesOf(withNumberTexts(text))
  return text
    .split('\n')
    .filter(line => line.trim() !== '')
    .flatMap(line => resourcesOf(withNumberTexts(line)))
}

test.skipIf(ALL.length === 0).each(ALL)('%s gets an answer, and each resource a place', async path => {
  const file = await readImportFile(readFileSync(join(ROOT, path)), path)
  const answer = file.ok ? 'ok' : file.failure.kind
  expect(answer).toMatch(/^(ok|not-json|not-fhir|truncated|empty|wrong-version|not-supported)$/)
  const resources = file.ok ? file.value.resources : []
  for (const { parts, sourceKey, text } of resources) {
    expect(SECTIONS).toContain(parts.section)
    expect(sourceKey.length).toBeLessThanOrEqual(600)
    const resource: unknown = JSON.parse(text)
    if (isObject(resource)) fieldsFromFhir(resource)
  }
  expect(new Set(resources.map(resource => resource.sourceKey)).size).toBe(resources.length)
})

const VALID_R4 = ['synthea', 'fhir-r4-official', 'us-core', 'ips']
  .flatMap(filesIn)
  .filter(path => !path.includes('NL_Drimpy'))

test.skipIf(VALID_R4.length === 0).each(VALID_R4)('%s exports again unchanged', async path => {
  const file = await readImportFile(readFileSync(join(ROOT, path)), path)
  if (!file.ok) throw new Error(`refused: ${JSON.stringify(file.failure)}`)
  const { resources, unusable } = file.value
  expect(unusable.filter(({ reason }) => reason !== 'duplicate')).toEqual([])
  const entries = resources.map(({ text, fullUrl }, index) => ({
    id: `e-${index}` as EntryId,
    original: text,
    ...(fullUrl === undefined ? {} : { fullUrl }),
  }))
  const exported = (await Array.fromAsync(exportFhir(PERSON, entries, instant(0)))).join('')
  const again = resourcesOf(withNumberTexts(exported)).slice(1)
  const expected = expectedResources(path)
  expect(again.length + unusable.length).toBe(expected.length)
  const before = new Set(again.map(resource => JSON.stringify(resource)))
  expect(expected.filter(resource => !before.has(JSON.stringify(resource)))).toEqual([])
})

test.skipIf(filesIn('hostile-json').length === 0)(
  'hostile JSON: what no JSON reader accepts is refused, what all accept is read, and none is a record',
  async () => {
    const refusedAsJson: string[] = []
    const read: string[] = []
    for (const path of filesIn('hostile-json')) {
      const file = await readImportFile(readFileSync(join(ROOT, path)), path)
      const isJson = file.ok || file.failure.kind === 'not-fhir'
      ;(isJson ? read : refusedAsJson).push(file.ok ? `a record: ${path}` : path)
    }
    expect(refusedAsJson.filter(path => /\/y_/.test(path))).toEqual([])
    expect(read.filter(path => /\/n_|^a record/.test(path))).toEqual([])
  },
)

test.skipIf(filesIn('ips').length === 0)('an STU3 file that calls itself IPS is refused by its version', async () => {
  const file = await readImportFile(readFileSync(join(ROOT, 'ips/NL_Drimpy_01.json')), 'NL_Drimpy_01.json')
  expect(file).toEqual({ ok: false, failure: { kind: 'wrong-version', version: 'STU3' } })
})
