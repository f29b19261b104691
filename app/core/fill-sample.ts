import type { Instant } from '#schema/instant.ts'
import type { SampleRecord } from './exchange/sample/sample-record.ts'
import { doneEvents, planLinks } from './exchange/sample/plan.ts'
import { doseEvents } from './exchange/sample/typed.ts'
import type { RecordService } from './record/open-record.ts'

export { sampleRecord } from './exchange/sample/sample-record.ts'

const MOST_ROWS = 200

/** By the same doors as anybody's file and typing. What the disk refuses is missing from the sample. */
export async function fillSample(
  record: RecordService,
  sample: SampleRecord,
  at: { readonly seed: number; readonly now: Instant },
): Promise<void> {
  const preview = await record.previewImport(new Blob([sample.bundle]), sample.fileName)
  if (preview.ok) await record.commitImport(preview.value.importId)
  for (const fields of sample.entries) {
    // As the page for the doctor keeps its questions.
    const isPrivate = fields.kind === 'note' && fields.about !== undefined
    const added = await record.addEntry(fields, { isPrivate })
    if (!added.ok) continue
    const events = [...doseEvents(at, fields, added.value), ...doneEvents(at.now, fields, added.value)]
    for (const event of events) await record.addEntry(event)
  }
  const rows = await record.timelineRows({ kinds: ['condition', 'medicine', 'goal', 'task'] }, 0, MOST_ROWS)
  for (const link of planLinks(at.now, rows)) await record.addEntry(link)
}
