import { expect, test } from 'vitest'
import type { Home } from '#app/core/session.ts'
import { makeWorld } from './record-world.ts'

const BUNDLE = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    {
      resource: {
        resourceType: 'MedicationRequest',
        id: 'm1',
        status: 'active',
        doNotPerform: true,
        medicationCodeableConcept: { text: 'Warfarin' },
      },
    },
  ],
}

test('what must not be taken is said so, is not among what is taken, and no longer so once somebody types that it is', async () => {
  const { record } = await (await makeWorld()).device()
  const preview = await record.previewImport(new Blob([JSON.stringify(BUNDLE)]), 'clinic.json')
  if (!preview.ok) throw new Error(preview.failure.kind)
  await record.commitImport(preview.value.importId)
  let home: Home | undefined
  const stop = await record.watchHome(told => {
    home = told
  })
  const first = async () => (await record.timelineRows({}, 0, 1))[0]
  const row = await first()
  expect(row).toMatchObject({ title: 'Warfarin', isNegated: true })
  expect(home?.medicines).toEqual([])
  expect(await record.editEntry(row!.id, { kind: 'medicine', name: 'Warfarin', status: 'taking' })).toMatchObject({
    ok: true,
  })
  expect(await first()).not.toHaveProperty('isNegated')
  await record.idle()
  expect(home?.medicines).toMatchObject([{ title: 'Warfarin' }])
  stop()
})
