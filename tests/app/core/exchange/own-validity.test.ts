import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { exportFhir } from '#app/core/exchange/export-fhir.ts'
import { writeNdjson } from '#app/core/exchange/ndjson/write-ndjson.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { instant } from '#schema/instant.ts'
import type { EntryFields, EntryId } from '#schema/record/entry.ts'
import { parseFields } from '#schema/record/own-entry.ts'
import { oddDescribed } from '#tests/support/odd-described.ts'
import { oddFields, oddText } from '#tests/support/odd-fields.ts'
import { bundleOf } from '#tests/support/fhir-fixtures.ts'
import { strayReferences, validityFaults } from '#tests/support/validity/fhir-validity.ts'

beforeAll(readyCrypto)

const NOW = instant(Date.UTC(2026, 5, 1, 12))
const entryOf = (fields: EntryFields, index = 0) => ({ id: `vitals.e0.a.${index}` as EntryId, fields })

test('whatever a person can type is exported as valid FHIR R4, of every kind', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(oddFields(), oddDescribed()), { maxLength: 6 }),
      oddText(),
      async (list, name) => {
        const typed = list.flatMap(fields => {
          const parsed = parseFields(fields)
          return parsed.ok ? [parsed.value] : []
        })
        const person = { name, birthDate: '1958', recordId: 'record' }
        const entries = typed.map(entryOf)
        const { bundle } = bundleOf((await Array.fromAsync(exportFhir(person, entries, NOW))).join(''))
        expect(validityFaults(bundle)).toEqual([])
        expect(strayReferences(bundle)).toEqual([])
        const lines = (await Array.fromAsync(writeNdjson(person, entries))).join('').split('\n')
        expect(lines.pop()).toBe('')
        expect(lines.flatMap(line => validityFaults(JSON.parse(line)))).toEqual([])
        // Of answers their total has a line of its own.
        expect(lines.filter(line => !line.includes('"derivedFrom"'))).toHaveLength(typed.length + 1)
      },
    ),
    { numRuns: 150 },
  )
})

test('the odd values reach every kind', () => {
  const kinds = new Set(fc.sample(oddFields(), 300).flatMap(fields => (parseFields(fields).ok ? [fields['kind']] : [])))
  expect(kinds).toEqual(
    new Set([
      'allergy',
      'annotation',
      'answers',
      'appointment',
      'blood-pressure',
      'condition',
      'dose',
      'goal',
      'link',
      'measure',
      'medicine',
      'note',
      'stock',
      'symptom',
      'task',
      'task-done',
      'weight',
    ]),
  )
})
