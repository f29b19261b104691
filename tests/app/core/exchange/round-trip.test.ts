import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { exportFhir } from '#app/core/exchange/export-fhir.ts'
import { type IpsRequest, writeIps } from '#app/core/exchange/ips/write-ips.ts'
import { writeNdjson } from '#app/core/exchange/ndjson/write-ndjson.ts'
import type { TakenEntry } from '#app/core/exchange/own-entries.ts'
import { factsOf } from '#app/core/exchange/report/entry-facts.ts'
import { outWords } from '#app/ui/record/out-words.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { instant } from '#schema/instant.ts'
import type { When } from '#schema/record/entry.ts'
import { parseFields } from '#schema/record/own-entry.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { fhirDateTime, parseWhen } from '#schema/record/when.ts'
import { oddFields, oddText } from '#tests/support/odd-fields.ts'
import { broughtIn, typedEntry } from '#tests/support/taken.ts'

beforeAll(readyCrypto)

const PERSON = { name: 'Ada', birthDate: '1815-12-10', recordId: 'record' }
const NOW = instant(Date.UTC(2026, 5, 1))

const bundleText = async (entries: readonly TakenEntry[]) =>
  (await Array.fromAsync(exportFhir(PERSON, entries, NOW))).join('')
const linesText = async (entries: readonly TakenEntry[]) =>
  (await Array.fromAsync(writeNdjson(PERSON, entries))).join('')

/** What makes an entry what it is, wherever it lies. */
const contentOf = ({ original, sourceKey, fullUrl, summary }: TakenEntry) => {
  const { id: _, source, ...row } = summary
  const author = source.type === 'import' ? source.author : undefined
  return JSON.stringify([original, sourceKey, fullUrl, row, author])
}

const id = () => fc.oneof(fc.uuid(), fc.constantFrom('1', '2', 'a-b.c'))
const TYPES = [
  'Condition',
  'Observation',
  'AllergyIntolerance',
  'MedicationRequest',
  'Practitioner',
  'Goal',
  'Basic',
  'Encounter',
]

/** Resources of several kinds that refer to each other, with numbers and texts that a careless writer would change. */
function oddResource(): fc.Arbitrary<string> {
  const number = fc.constantFrom('1.10', '7.0', '1e3', '-0.5', '12345678901234567890', '0')
  const parts = fc.record({
    type: fc.constantFrom(...TYPES),
    id: id(),
    text: oddText(),
    number,
    day: fc.constantFrom('2021', '2021-03-04', '2021-03-04T10:00:00+02:00', '2021-02-30', 'soon'),
    refersTo: fc.option(fc.tuple(fc.constantFrom(...TYPES), id())),
  })
  return parts.map(({ type, id: own, text, number: amount, day, refersTo }) => {
    const words = JSON.stringify(text.toWellFormed())
    const reference = refersTo === null ? '' : `,"performer":[{"reference":"${refersTo[0]}/${refersTo[1]}"}]`
    return `{"resourceType":"${type}","id":"${own}","code":{"text":${words}},"valueQuantity":{"value":${amount},"unit":"mg"},"effectiveDateTime":"${day}"${reference}}`
  })
}

function oddFile(): fc.Arbitrary<string> {
  const address = fc.constantFrom('', '"fullUrl":"urn:uuid:%",', '"fullUrl":"https://clinic.example/fhir/%",')
  return fc.array(fc.tuple(oddResource(), address, fc.uuid()), { minLength: 1, maxLength: 12 }).map(list => {
    const entries = list.map(([resource, form, name]) => `{${form.replace('%', name)}"resource":${resource}}`)
    return `{"resourceType":"Bundle","type":"collection","entry":[${entries.join()}]}`
  })
}

test('in, out as a Bundle and in again is the same record: each text, name, address and row', async () => {
  await fc.assert(
    fc.asyncProperty(oddFile(), async file => {
      const entries = await broughtIn(file)
      const [, ...again] = await broughtIn(await bundleText(entries))
      expect(again.map(contentOf)).toEqual(entries.map(contentOf))
      // And out once more, letter by letter.
      const [, ...once] = (await bundleText(entries)).split(',\n')
      const [, ...twice] = (await bundleText(again)).split(',\n')
      expect(twice).toEqual(once)
    }),
    { numRuns: 200 },
  )
})

test('in, out as lines and in again keeps every text', async () => {
  await fc.assert(
    fc.asyncProperty(oddFile(), async file => {
      const entries = await broughtIn(file)
      const [, ...again] = await broughtIn(await linesText(entries))
      expect(new Set(again.map(({ original }) => original))).toEqual(new Set(entries.map(({ original }) => original)))
    }),
    { numRuns: 100 },
  )
})

const request: IpsRequest = {
  person: PERSON,
  sections: SECTIONS,
  noneKnown: [],
  holdsMore: [],
  words: outWords(),
  identifier: 'urn:uuid:0b0d5f3c-8e0a-4c43-9a55-5b9a8e5f3f10',
  now: NOW,
}

/** A time whose zone nobody knows has no place in FHIR: its day stays. */
function timeOf(when: When | undefined): number | undefined {
  const parsed = parseWhen(when === undefined ? undefined : fhirDateTime(when.text))
  return parsed.ok ? parsed.value.sortAt : undefined
}

/** A row has one space where a text has any white space. */
const oneSpaced = (_: string, value: unknown) => (typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : value)

/** What is said of an entry, whoever keeps it. */
function toldOf(entry: TakenEntry) {
  const { summary, addedAt: _, changedAt: __, arm: ___, posture: ____, until, ...rest } = factsOf(entry)
  const { kind, title, status, when, value } = summary
  // A measurement and a document get a name of their own when they become resources.
  const isDocument = ['note', 'annotation', 'document'].includes(kind)
  const isNamed = ['condition', 'medicine', 'allergy'].includes(kind)
  return JSON.stringify(
    [
      isDocument ? 'document' : kind,
      isNamed ? title : '',
      status,
      timeOf(when),
      // Directions and reactions stand among the rest.
      value?.type === 'text' ? '' : (value ?? ''),
      { ...rest, note: isDocument ? '' : (rest.note ?? ''), until: until && fhirDateTime(until) },
    ],
    oneSpaced,
  )
}

test('what a person typed says the same after it was taken out, in each form, and brought in elsewhere', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(oddFields(), { maxLength: 8 }), async list => {
      const entries = list.flatMap((fields, index) => {
        const parsed = parseFields(fields)
        return parsed.ok ? [typedEntry(parsed.value, index)] : []
      })
      const wanted = new Set(entries.map(toldOf))
      const isOurs = ({ summary }: TakenEntry) =>
        summary.kind !== 'person' && summary.resourceType !== 'Composition' && summary.resourceType !== 'Device'
      // Reckoned from what was typed: the mean of blood pressures, the total of answers.
      const isMean = ({ original = '' }: TakenEntry) =>
        original.includes('96607-7') || original.includes('"derivedFrom"')
      for (const text of [
        await bundleText(entries),
        await linesText(entries),
        [...writeIps(entries, request)].join(''),
      ]) {
        const again = (await broughtIn(text)).filter(entry => isOurs(entry) && !isMean(entry))
        expect(new Set(again.map(toldOf))).toEqual(wanted)
      }
    }),
    { numRuns: 150 },
  )
})
