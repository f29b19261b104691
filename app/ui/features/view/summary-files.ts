import { attachmentBlob, attachmentsOf } from '#app/core/record/attachments.ts'
import type { AttachmentInfo } from '#schema/record/entry.ts'
import { at, objectsOf, parseObject, textOf } from '#schema/record/fhir/json.ts'

/** A file that came in a summary. */
export interface SummaryFile {
  /** Of what it lies in, in its source's words; may be empty. */
  readonly title: string
  /** As its source calls it; may be empty. */
  readonly name: string
  /** Told by its content. */
  readonly type: AttachmentInfo['type']
  readonly holds: AttachmentInfo['holds']
  /** What its source calls it. */
  readonly said: AttachmentInfo['said']
  readonly bytes: number
  /** Undefined for what is no base64. */
  blob(): Blob | undefined
}

/** The files of a FHIR document, in its order; not what an earlier summary said of itself. Total. */
export function summaryFiles(text: string): readonly SummaryFile[] {
  const resources = objectsOf(parseObject(text)['entry']).flatMap(entry => objectsOf([entry['resource']]))
  return resources.flatMap(resource => {
    if (at(resource, 'content', 'attachment', 'contentType') === 'application/fhir+json') return []
    const original = JSON.stringify(resource)
    const title = textOf(resource['description']) ?? textOf(at(resource, 'code', 'text')) ?? ''
    return attachmentsOf(original).map(({ index, title: name = '', type, holds, said, bytes }) => ({
      title,
      name,
      type,
      holds,
      said,
      bytes,
      blob: () => attachmentBlob(original, index),
    }))
  })
}
