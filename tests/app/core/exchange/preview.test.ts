import { beforeAll, expect, test } from 'vitest'
import { previewOf, type PreviewContext } from '#app/core/exchange/preview.ts'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import type { ImportId } from '#schema/record/entry.ts'
import { readyCrypto } from '#crypto/sodium.ts'

beforeAll(readyCrypto)

const importId = '00112233445566778899aabbccddeeff' as ImportId

async function preview(resources: readonly unknown[], context: Partial<PreviewContext> = {}) {
  const file = await readImportFile(new TextEncoder().encode(JSON.stringify(resources)), 'clinic.json')
  if (!file.ok) throw new Error(file.failure.kind)
  return previewOf(file.value, { importId, isKnown: () => false, ...context })
}

const patient = (name: string, birthDate?: string) => ({
  resourceType: 'Patient',
  id: 'p',
  name: [{ text: name }],
  birthDate,
})

test('previewOf() counts what is new and what is there by kind, what is unusable and what is remarkable', async () => {
  const resources = [
    { resourceType: 'Condition', id: '1', onsetDateTime: '2021-02-30' },
    { resourceType: 'Condition', id: '2', onsetDateTime: '2021-02-31' },
    { resourceType: 'Condition', id: '3' },
    { resourceType: 'Flag', id: '4' },
    ...Array.from({ length: 7 }, () => 'no resource'),
  ]
  const seen = await preview(resources, { isKnown: resource => resource.sourceKey.startsWith('Condition/3') })
  expect(seen).toMatchObject({ importId, fileName: 'clinic.json', newCount: 3, alreadyThereCount: 1 })
  expect(seen.byKind).toMatchObject([
    { kind: 'condition', section: 'problems', isNew: 2, alreadyThere: 1 },
    { kind: 'alert', section: 'alerts', isNew: 1, alreadyThere: 0 },
  ])
  expect(seen.unusable).toEqual([
    { reason: 'not-a-resource', count: 7, examples: ['item 5', 'item 6', 'item 7', 'item 8', 'item 9'] },
  ])
  expect(seen.remarks).toEqual([{ reason: 'impossible-date', count: 2 }])
  expect(seen.person).toBeUndefined()
})

test('previewOf() tells what is new by title and date, the latest first, fifty of a kind; nothing of what is there', async () => {
  const days = Array.from({ length: 60 }, (_, day) => ({
    resourceType: 'Condition',
    id: `c${day}`,
    code: { text: `On day ${day}` },
    ...(day === 0 ? {} : { onsetDateTime: new Date(Date.UTC(2024, 0, day)).toISOString().slice(0, 10) }),
  }))
  const [row] = (await preview(days)).byKind
  expect(row).toMatchObject({ isNew: 60 })
  expect(row?.told).toHaveLength(50)
  expect(row?.told?.[0]).toMatchObject({ title: 'On day 59', when: { text: '2024-02-28' } })
  const [few] = (await preview(days.slice(0, 3), { isKnown: ({ parts }) => parts.title === 'On day 1' })).byKind
  expect(few?.told?.map(({ title }) => title)).toEqual(['On day 2', 'On day 0'])
  const [none] = (await preview(days, { isKnown: () => true })).byKind
  expect(none).not.toHaveProperty('told')
})

test.each([
  ['Ada Byron', '1815-12-10', { name: 'Ada Lovelace', birthDate: '1815' }, false],
  ['Ada Byron', '1815-12-10', { name: 'Ada Byron', birthDate: '1816' }, true],
  ['Zed Other', '1815-12-10', { name: 'Ada Byron', birthDate: '1815-12-10' }, true],
  ['Zoë Müller', undefined, { name: 'Müller, Zoe', birthDate: '1990' }, false],
  ['Zoë Müller', undefined, { name: 'Hans Maier' }, true],
  ['王大明', undefined, { name: '王大明' }, false],
  ['Ada Byron', '1815', undefined, false],
] as const)(
  'previewOf() asks whether %s (%s) is the person of the record',
  async (name, birthDate, owner, looksDifferent) => {
    const seen = await preview([patient(name, birthDate)], owner === undefined ? {} : { owner })
    expect(seen.person).toMatchObject({ name, looksDifferent })
  },
)
