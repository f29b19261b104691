import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { writeIps } from '#app/core/exchange/ips/write-ips.ts'
import { outWords } from '#app/ui/record/out-words.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { instant } from '#schema/instant.ts'
import { at, isObject, type JsonObject, objectsOf, parseObject } from '#schema/record/fhir/json.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { bundleOf } from '#tests/support/fhir-fixtures.ts'
import { broughtIn } from '#tests/support/taken.ts'
import { strayReferences } from '#tests/support/validity/fhir-validity.ts'
import { ipsFaults } from '#tests/support/validity/ips-faults.ts'

beforeAll(readyCrypto)

const ROOT = process.env['WELLKEEP_CORPUS'] ?? join(import.meta.dirname, '../../../shared/data')
const filesIn = (folder: string) =>
  existsSync(join(ROOT, folder))
    ? readdirSync(join(ROOT, folder))
        .filter(name => /\.json(\.gz)?$/.test(name) && !name.startsWith('NL_Drimpy'))
        .map(name => join(folder, name))
    : []
const FILES = [...filesIn('ips'), ...filesIn('synthea')]

function textOf(path: string): string {
  const bytes = readFileSync(join(ROOT, path))
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

/** As written, but for where references lead and what they say beside it. */
function withoutReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutReferences)
  if (!isObject(value)) return value
  const isReference = 'reference' in value || Object.keys(value).every(name => name === 'type' || name === 'display')
  if (isReference) return 'a reference'
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutReferences(member)]))
}

const contentOf = (resource: unknown) => JSON.stringify(withoutReferences(resource))

function written(entries: Awaited<ReturnType<typeof broughtIn>>): string {
  const request = {
    person: { name: 'Corpus', birthDate: '1970', recordId: 'corpus' },
    sections: SECTIONS,
    noneKnown: [],
    holdsMore: [],
    words: outWords(),
    identifier: 'urn:uuid:0b0d5f3c-8e0a-4c43-9a55-5b9a8e5f3f10',
    now: instant(0),
  }
  return [...writeIps(entries, request)].join('')
}

test.skipIf(FILES.length === 0).each(FILES)('%s goes out as a summary with each of its entries', async path => {
  const entries = await broughtIn(textOf(path))
  const { bundle, resources } = bundleOf(written(entries))
  expect(ipsFaults(bundle)).toEqual([])
  expect(strayReferences(bundle)).toEqual([])
  const kept = new Set(resources.map(contentOf))
  const missing = entries.filter(({ summary, original = '{}' }) => {
    const isMerged = summary.resourceType === 'Patient' || summary.resourceType === 'Composition'
    return !isMerged && summary.status !== 'mistaken' && !kept.has(contentOf(parseObject(original)))
  })
  expect(missing.map(({ original }) => original?.slice(0, 80))).toEqual([])
})

const titlesIn = (entries: Awaited<ReturnType<typeof broughtIn>>) =>
  entries
    .filter(({ summary }) => !['person', 'document', 'device'].includes(summary.kind) && summary.status !== 'mistaken')
    .map(({ summary: { section, title, when, status, value } }) =>
      JSON.stringify([section, title, when?.text, status, value]),
    )
    .sort()

test.skipIf(FILES.length === 0).each(FILES)(
  '%s is the same record once its summary was brought in again',
  async path => {
    const entries = await broughtIn(textOf(path))
    const again = await broughtIn(written(entries))
    expect(titlesIn(again)).toEqual(titlesIn(entries))
  },
)

/** Sections of a document that say why they are empty, by LOINC. */
function emptyIn(bundle: JsonObject): ReadonlyMap<unknown, unknown> {
  const composition = objectsOf(bundle['entry'])
    .flatMap(entry => objectsOf(entry['resource']))
    .find(resource => resource['resourceType'] === 'Composition')
  return new Map(
    objectsOf(composition?.['section']).flatMap(section => {
      const reason = at(section, 'emptyReason', 'coding', 'code')
      return reason === undefined ? [] : [[at(section, 'code', 'coding', 'code'), reason] as const]
    }),
  )
}

test.skipIf(FILES.length === 0)(
  '"none known" and "not asked" of the files\' empty sections are kept apart',
  async () => {
    const before: string[] = []
    const after: string[] = []
    for (const path of filesIn('ips')) {
      const entries = await broughtIn(textOf(path))
      const out = emptyIn(bundleOf(written(entries)).bundle)
      for (const [code, reason] of emptyIn(parseObject(textOf(path)))) {
        if (!['11450-4', '48765-2', '10160-0'].includes(String(code))) continue
        before.push(`${path} ${String(code)} ${String(reason)}`)
        after.push(`${path} ${String(code)} ${String(out.get(code))}`)
      }
    }
    expect(before.length).toBeGreaterThan(8)
    expect(after).toEqual(before)
  },
)
