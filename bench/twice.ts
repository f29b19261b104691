import type { SessionHost } from '#app/core/make-session.ts'
import { proposalsIn } from '#app/core/record/seen-twice.ts'
import { monthOf, type Row } from '#app/core/record/row.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId, ImportId } from '#schema/record/entry.ts'
import { cpuMs } from './cpu.ts'

const DAY_MS = 24 * 3600_000

/** Tests that two laboratories tell of alike, each in words of its own. */
function laboratoryFile(count: number, note: string): Blob {
  const entry = Array.from({ length: count }, (_, place) => ({
    resource: {
      resourceType: 'Observation',
      status: 'final',
      category: [{ coding: [{ code: 'laboratory' }] }],
      code: { coding: [{ system: 'http://loinc.org', code: '718-7' }], text: 'Hemoglobin' },
      effectiveDateTime: new Date(Date.UTC(2010, 0, 1) + place * DAY_MS).toISOString().slice(0, 10),
      valueQuantity: { value: 10 + (place % 7), unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
      note: [{ text: note }],
    },
  }))
  return new Blob([JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry })])
}

/** CPU time of proposing what came twice, in ms, once an index of `count` entries stands: half of them from each of two files. */
export async function proposeTwice(host: SessionHost, count: number): Promise<number> {
  for (const name of ['one.json', 'other.json']) {
    const preview = await host.session.previewImport(laboratoryFile(count / 2, name), name)
    if (!preview.ok) throw new Error(`Cannot preview: ${preview.failure.kind}`)
    const done = await host.session.commitImport(preview.value.importId)
    if (!done.ok) throw new Error(`Cannot import: ${done.failure.kind}`)
  }
  let pairs = 0
  const spent = await cpuMs(async () => {
    pairs = (await host.session.seenTwice()).length
  })
  if (pairs !== count / 2) throw new Error(`Proposed ${pairs} pairs, not ${count / 2}`)
  return spent
}

/** A pulse each hour, as two apps tell of it. */
function pulses(count: number, importId: string): readonly Row[] {
  return Array.from({ length: count }, (_, place) => {
    const at = Date.UTC(2020, 0, 1) + place * 3600_000
    const summary = {
      id: `vitals.r.${importId}${place}` as EntryId,
      kind: 'vital-sign' as const,
      section: 'vitals' as const,
      title: 'Heart rate',
      when: { text: new Date(at).toISOString(), sortAt: instant(at) },
      value: { type: 'quantity' as const, quantity: { value: 60 + (place % 30), unit: '/min', isUcum: true } },
      status: 'active' as const,
      source: { type: 'import' as const, importId: importId as ImportId, fileName: importId },
      codes: [{ system: 'http://loinc.org', code: '8867-4' }],
    }
    return { summary, hasConflict: false, isUntouched: true, month: monthOf(summary) }
  })
}

/** CPU time of finding `count` readings twice among as many, half of them of each of two sources, in ms. */
export async function proposeReadings(count: number): Promise<number> {
  const rows = [...pulses(count / 2, 'one'), ...pulses(count / 2, 'other')]
  const found = () => proposalsIn({ visible: () => rows, answerOf: () => undefined })
  const { length } = await found()
  if (length !== count / 2) throw new Error(`Proposed ${length} pairs, not ${count / 2}`)
  return cpuMs(found)
}
