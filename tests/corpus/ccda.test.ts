import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { isObject, type JsonObject, objectsOf } from '#schema/record/fhir/json.ts'
import { strayReferences, validityFaults } from '#tests/support/validity/fhir-validity.ts'
import { type CodeSystem, codesInEntries, codesInFhir, COUNTED, countOf, missing } from './ccda-codes.ts'
import { bytesOf, DOCUMENTS, filesIn, madeOf, textOf } from './ccda-files.ts'

beforeAll(readyCrypto)

const HOSTILE = filesIn('hostile-xml', /\.xml$/)

const kept = Object.fromEntries(Object.keys(COUNTED).map(system => [system, { source: 0, lost: 0 }])) as Record<
  CodeSystem,
  { source: number; lost: number }
>

/** All words of a section's narrative in the source, each run of white space as nothing. */
function wordsOf(xml: string): string {
  return xml
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#\d+|#x[\da-f]+|\w+);/gi, '')
    .replace(/\s+/g, '')
}

function narrativesIn(composition: JsonObject | undefined): string {
  return objectsOf(composition?.['section'])
    .map(section => `${isObject(section['text']) ? String(section['text']['div']) : ''}${narrativesIn(section)}`)
    .join('')
}

describe.skipIf(DOCUMENTS.length === 0)('C-CDA and C32 documents by others', () => {
  test.each(DOCUMENTS)('%s is read, valid, with its codes and its words', async path => {
    const { file, made } = await madeOf(path)
    const source = textOf(path)
    expect(file.unusable).toEqual([])
    expect(made.resources.flatMap(validityFaults)).toEqual([])
    expect(strayReferences(made.bundle())).toEqual([])

    const codes = codesInEntries(source)
    const lost = missing(codes, codesInFhir(made.resources))
    for (const system of Object.keys(COUNTED) as readonly CodeSystem[]) {
      kept[system].source += countOf(codes, system)
      kept[system].lost += countOf(lost, system)
    }

    const plain = source.replace(/<!--[\s\S]*?-->/g, '')
    const written = [...plain.matchAll(/<text\b[^>]*>([\s\S]*?)<\/text>/g)].flatMap(([, inner = '']) =>
      /<(?:table|list|paragraph|content)\b/.test(inner) ? [wordsOf(inner)] : [],
    )
    const readable = wordsOf(narrativesIn(made.all('Composition')[0]))
    expect(written.filter(words => !readable.includes(words))).toEqual([])

    // The same file again is the same resources, to the letter.
    const again = await madeOf(path)
    expect(again.file.resources.map(({ text }) => text)).toEqual(file.resources.map(({ text }) => text))
    const [document] = made.all('DocumentReference').filter(each => JSON.stringify(each).includes('Original document'))
    const attachments = objectsOf(document?.['content']).map(content => content['attachment'] as { data?: string })
    expect(Buffer.from(attachments.at(-1)?.data ?? '', 'base64').toString()).toBe(source)
  })

  test('of their codes at least 98 in 100 are kept, in each system', () => {
    const shares = Object.entries(kept).map(([system, { source, lost }]) => {
      const share = source === 0 ? 1 : (source - lost) / source
      console.log(`${system}: ${source - lost} of ${source} (${(100 * share).toFixed(1)} %)`)
      return [system, share] as const
    })
    expect(shares.filter(([, share]) => share < 0.98)).toEqual([])
  })
})

/** What another program made of the same documents: no norm, a measure of what can be found. */
const PAIRS = [
  ['Ccda__CCD.ccda', 'CCD__CCD-expected.json'],
  ['Ccda__Discharge_Summary.ccda', 'DischargeSummary__Discharge_Summary-expected.json'],
  ['Ccda__Progress_Note.ccda', 'ProgressNote__Progress_Note-expected.json'],
  ['Ccda__Referral_Note.ccda', 'ReferralNote__Referral_Note-expected.json'],
] as const
const COMPARED = [
  'AllergyIntolerance',
  'Condition',
  'Immunization',
  'DiagnosticReport',
  'Encounter',
  'FamilyMemberHistory',
]

test.skipIf(DOCUMENTS.length === 0).each(PAIRS)(
  '%s gives no fewer clinical entries than another program finds, and all its codes',
  async (name, expected) => {
    const { made } = await madeOf(join('ccda-to-fhir-pairs', name))
    const bundle: unknown = JSON.parse(textOf(join('ccda-to-fhir-pairs', expected)))
    const theirs = objectsOf(isObject(bundle) ? bundle['entry'] : undefined).flatMap(entry =>
      objectsOf(entry['resource']),
    )
    for (const type of COMPARED) {
      const count = theirs.filter(resource => resource['resourceType'] === type).length
      expect([type, made.all(type).length]).toEqual([type, Math.max(count, made.all(type).length)])
    }
    const clinical = theirs.filter(
      resource =>
        !['Composition', 'Patient', 'Practitioner', 'Organization', 'Device'].includes(
          String(resource['resourceType']),
        ),
    )
    const codes = new Set(codesInFhir(made.resources).keys())
    expect([...codesInFhir(clinical).keys()].filter(code => !codes.has(code))).toEqual([])
  },
)

test.skipIf(HOSTILE.length === 0).each(HOSTILE)(
  '%s is refused or read, with nothing fetched and nothing grown',
  async path => {
    const file = await readImportFile(bytesOf(path), path)
    const answer = file.ok ? 'read' : file.failure.kind
    const expected: Readonly<Record<string, string>> = {
      'hostile-xml/xmlbomb.xml': 'unsafe-xml',
      'hostile-xml/external.xml': 'unsafe-xml',
      'hostile-xml/cyclic.xml': 'unsafe-xml',
      'hostile-xml/dtd.xml': 'not-supported',
      'hostile-xml/ccda-example-bad.xml': 'not-supported',
    }
    expect(answer).toBe(expected[path])
  },
)

afterAll(() => console.log(`${DOCUMENTS.length} documents`))
