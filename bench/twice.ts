import type { SessionHost } from '#app/core/make-session.ts'
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
  const found = await host.session.seenTwice()
  if (found.length !== count / 2) throw new Error(`Proposed ${found.length} pairs, not ${count / 2}`)
  return cpuMs(() => host.session.seenTwice())
}
