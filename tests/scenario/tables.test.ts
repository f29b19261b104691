import { expect, test, vi } from 'vitest'
import type { Session } from '#app/core/session.ts'
import type { TableMapping } from '#app/core/table-session.ts'
import { ANA, backedUp, household } from '#tests/support/household.ts'
import { until } from '#tests/support/test-device.ts'

vi.setConfig({ testTimeout: 60_000 })

const { device, phoneWithRecord } = household()

const MARCH = 'Date,Sugar\n03/04/2026 07:15,5.6\n'
const APRIL = 'Date,Sugar\n05/04/2026 07:20,5.9\n'
const MAPPING: TableMapping = {
  columns: [{ use: 'when' }, { use: 'glucose', unit: 'mmol/L' }],
  dateOrder: 'day-first',
  decimal: '.',
  zone: 'Europe/Berlin',
}

const look = (session: Session, text: string, columns?: TableMapping) =>
  session.previewImport(new Blob([text]), 'sugar.csv', columns)

test('what Ana said of a table on her phone is known on her tablet, and to nobody before she says it', async () => {
  const { phone, words } = await phoneWithRecord()
  expect(await look(phone.session, MARCH)).toMatchObject({ failure: { kind: 'needs-columns' } })
  const preview = await look(phone.session, MARCH, MAPPING)
  if (!preview.ok) throw new Error(preview.failure.kind)
  expect(await phone.session.commitImport(preview.value.importId)).toEqual({ ok: true, value: { added: 1 } })
  await backedUp(phone.session)

  const tablet = await device()
  const recovered = await tablet.session.recover({
    words,
    passphrase: 'tablet words',
    deviceName: 'tablet',
  })
  expect(recovered.ok).toBe(true)
  await until(async () => (await tablet.session.timelineRows({ kinds: ['lab-result'] }, 0, 10)).length === 1)
  const next = await look(tablet.session, APRIL)
  expect(next).toMatchObject({ ok: true, value: { newCount: 1, table: { isRemembered: true, mapping: MAPPING } } })
  const [row] = await tablet.session.timelineRows({ kinds: ['lab-result'] }, 0, 1)
  expect([row?.when?.text, row?.value]).toEqual([
    '2026-04-03T07:15:00+02:00',
    { type: 'quantity', quantity: { value: 5.6, unit: 'mmol/L', isUcum: true } },
  ])

  await phone.session.lock()
  expect(await look(phone.session, APRIL)).toMatchObject({ ok: false })
  expect((await phone.session.unlock(ANA.passphrase)).ok).toBe(true)
  expect(await look(phone.session, APRIL)).toMatchObject({ ok: true, value: { table: { isRemembered: true } } })
})
