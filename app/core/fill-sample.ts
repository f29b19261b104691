import type { Instant } from '#schema/instant.ts'
import type { SampleRecord } from './exchange/sample/sample-record.ts'
import { doseEvents } from './exchange/sample/typed.ts'
import type { RecordService } from './record/open-record.ts'

export { sampleRecord } from './exchange/sample/sample-record.ts'

/** By the same doors as anybody's file and typing. What the disk refuses is missing from the sample. */
export async function fillSample(
  record: RecordService,
  sample: SampleRecord,
  at: { readonly seed: number; readonly now: Instant },
): Promise<void> {
  const preview = await record.previewImport(new Blob([sample.bundle]), sample.fileName)
  if (preview.ok) await record.commitImport(preview.value.importId)
  for (const fields of sample.entries) {
    const added = await record.addEntry(fields)
    if (!added.ok) continue
    for (const event of doseEvents(at, fields, added.value)) await record.addEntry(event)
  }
}
