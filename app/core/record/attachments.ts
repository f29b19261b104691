import type { AttachmentInfo, EntrySummary } from '#schema/record/entry.ts'
import { at, isObject, type JsonObject, objectsOf, parseObject, textOf, tokenOf } from '#schema/record/fhir/json.ts'
import { bytesOfBase64 } from '../exchange/base64.ts'
import { ORIGINAL_TITLE } from '../exchange/cda/original-title.ts'
import { fileFormOf, START_BYTES } from '../exchange/paper/file-form.ts'
import { paperTypeOf } from '../exchange/paper/paper-type.ts'

/** The files in a FHIR resource: of a DocumentReference, a Media, a report, or a Binary itself. Total. */
export function attachmentsOf(original: string): readonly AttachmentInfo[] {
  if (!original.includes('"data":"')) return []
  return dataIn(parseObject(original)).flatMap(({ data, title, said }, index) => {
    const letters = data.replace(/\s+/g, '')
    const start = bytesOfBase64(letters.slice(0, (4 * START_BYTES) / 3))
    const { type, holds } = start === undefined ? {} : fileFormOf(start, said)
    // What a clinical document said came in beside it.
    const isRead = holds === 'records' && title === ORIGINAL_TITLE
    const padding = /=*$/.exec(letters.slice(-2))?.[0].length ?? 0
    const bytes = Math.max(0, Math.floor((letters.length * 3) / 4) - padding)
    return {
      index,
      bytes,
      ...(type === undefined ? {} : { type }),
      ...(holds === undefined || isRead ? {} : { holds }),
      ...(said === undefined || (type !== undefined && holds !== 'words') ? {} : { said }),
      ...(title === undefined ? {} : { title }),
    }
  })
}

/** One of them; undefined where there is none, or no base64. */
export function attachmentBlob(original: string, index: number): Blob | undefined {
  const data = dataIn(parseObject(original))[index]?.data
  const bytes = data === undefined ? undefined : bytesOfBase64(data)
  // By content: what a file says of itself could make a browser run it.
  return bytes && new Blob([bytes], { type: paperTypeOf(bytes) ?? 'application/octet-stream' })
}

/** Resource types that files lie in. */
const WITH_FILES: ReadonlySet<string> = new Set(['Binary', 'DocumentReference', 'Media', 'DiagnosticReport'])

/** Whether it can have files, as far as its row tells. */
export const mayHaveFiles = ({ resourceType = '' }: EntrySummary): boolean => WITH_FILES.has(resourceType)

interface Found {
  readonly data: string
  readonly title?: string
  readonly said?: string
}

const MAX_SAID = 100

function dataIn(resource: JsonObject): readonly Found[] {
  return holders(resource).flatMap(holder => {
    const data = holder['data']
    const [title, said] = [textOf(holder['title']), tokenOf(holder['contentType'])?.slice(0, MAX_SAID)]
    if (typeof data !== 'string') return []
    return [{ data, ...(title === undefined ? {} : { title }), ...(said === undefined ? {} : { said }) }]
  })
}

function holders(resource: JsonObject): readonly JsonObject[] {
  switch (resource['resourceType']) {
    case 'Binary':
      return [resource]
    case 'DocumentReference':
      return objectsOf(resource['content']).flatMap(content => objectsOf(at(content, 'attachment')))
    case 'Media':
      return [resource['content']].filter(isObject)
    case 'DiagnosticReport':
      return objectsOf(resource['presentedForm'])
    default:
      return []
  }
}
