import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { ccda, measured, organizer, problem, quantity, section, SNOMED } from '#tests/support/ccda-fixtures.ts'
import { Made, readMade } from '#tests/support/read-made.ts'
import { ownFaults } from '#tests/support/validity/own-faults.ts'

beforeAll(readyCrypto)

const WHOLE = ccda(
  section(
    '11450-4',
    'Problems',
    '<paragraph ID="p">Asthma</paragraph>',
    problem('1', `code="195967001" ${SNOMED} displayName="Asthma"`),
  ),
  section(
    '8716-3',
    'Vital signs',
    '<list><item>120/80</item></list>',
    organizer(
      '26',
      'v',
      '',
      measured('s', '8480-6', 'Systolic', quantity('120', 'mm[Hg]')),
      measured('d', '8462-4', 'Diastolic', quantity('80', 'mm[Hg]')),
    ),
  ),
)

const REASONS = ['not-xml', 'unsafe-xml', 'truncated', 'empty', 'not-supported', 'not-json', 'not-fhir']

/** What is wrong with the answer to a file: it is refused with a reason, or made into FHIR without a fault. */
async function faultsOf(text: string): Promise<readonly string[]> {
  const file = await readImportFile(new TextEncoder().encode(text), 'file.xml')
  if (file.ok) return new Made(file.value).resources.flatMap(ownFaults)
  return REASONS.includes(file.failure.kind) ? [] : [file.failure.kind]
}

test('a document cut off anywhere is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: WHOLE.length - 2 }), async length => {
      const file = await readImportFile(new TextEncoder().encode(WHOLE.slice(0, length)), 'file.xml')
      expect(file.ok).toBe(false)
    }),
    { numRuns: 60 },
  )
})

test('a document in which anything was changed, doubled or lost is answered', async () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      '<entry>',
      '</entry>',
      '<value xsi:type="PQ"/>',
      ' nullFlavor="UNK"',
      '99999999999999',
      '-',
      '"',
      '<text/>',
      '<observation>',
      '2023',
      '&lt;script&gt;',
    ),
  )
  const change = fc.record({ at: fc.nat(WHOLE.length), length: fc.nat(40), piece })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 4 }), async changes => {
      const text = changes.reduce(
        (now, { at, length, piece: put }) => now.slice(0, at) + put + now.slice(at + length),
        WHOLE,
      )
      expect(await faultsOf(text)).toEqual([])
    }),
    { numRuns: 200 },
  )
})

/** Elements of CDA put together by chance: well-formed, and against every rule of its schema. */
const NAMES =
  'observation act procedure encounter substanceAdministration supply organizer entryRelationship component participant participantRole playingEntity playingDevice consumable manufacturedProduct manufacturedMaterial code value effectiveTime low high period id author assignedAuthor assignedPerson name given text reference statusCode performer assignedEntity subject relatedSubject referenceRange observationRange'.split(
    ' ',
  )
const attribute = fc.constantFrom(
  'moodCode="EVN"',
  'moodCode="INT"',
  'moodCode="GOL"',
  'typeCode="COMP"',
  'typeCode="CSM"',
  'negationInd="true"',
  'code="8480-6" codeSystem="2.16.840.1.113883.6.1"',
  `code="55607006" ${SNOMED}`,
  'value="20230230"',
  'value="20230203101112-0500"',
  'value="1.50" unit="mg"',
  'xsi:type="PQ"',
  'xsi:type="IVL_TS"',
  'xsi:type="PIVL_TS"',
  'xsi:type="CD"',
  'nullFlavor="UNK"',
  'root="1.2.3" extension="x"',
  'root="not an oid"',
  'displayName="  "',
  'representation="B64"',
  'mediaType="text/plain"',
)
const TEMPLATES = '3 4 7 13 14 16 17 18 20 26 30 40 45 46 48 49 50 52 60 61 64 121 129 141 202 500'.split(' ')
const { element } = fc.letrec<{ element: string }>(tie => ({
  element: fc
    .tuple(
      fc.constantFrom(...NAMES),
      fc.uniqueArray(attribute, { maxLength: 3, selector: each => each.split('=')[0] ?? '' }),
      fc.option(fc.constantFrom(...TEMPLATES)),
      fc.array(fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.constant('words'), tie('element')), {
        maxLength: 4,
      }),
    )
    .map(([name, attributes, number, inner]) => {
      const id = number === null ? '' : `<templateId root="2.16.840.1.113883.10.20.22.4.${number}"/>`
      return `<${name} ${attributes.join(' ')}>${id}${inner.join('')}</${name}>`
    }),
}))

test('whatever CDA elements stand in an entry, no entry costs the document, and what comes out is sound', async () => {
  const codes = fc.constantFrom(
    '11450-4',
    '48765-2',
    '10160-0',
    '11369-6',
    '30954-2',
    '8716-3',
    '47519-4',
    '46240-8',
    '42348-3',
    '48768-6',
    '10157-6',
    '29762-2',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(element, { maxLength: 4 }), codes, async (entries, code) => {
      const file = await readMade(
        ccda(section(code, 'Odd', 'words', ...entries), section('51848-0', 'Assessment', 'still there')),
      )
      expect(file.unusable.filter(({ reason }) => reason !== 'duplicate')).toEqual([])
      expect(file.made.resources.flatMap(ownFaults)).toEqual([])
      expect(JSON.stringify(file.made.one('Composition')['section'])).toContain('still there')
    }),
    { numRuns: 300 },
  )
})
