import type { AttachmentInfo } from '#schema/record/entry.ts'
import { at, isObject, type JsonObject, objectsOf, parseObject, textOf } from '#schema/record/fhir/json.ts'
import { bytesOfBase64 } from '../exchange/base64.ts'
import { HEAD_BYTES, paperTypeOf } from '../exchange/paper/paper-type.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Letters of a file that stand in what is shown of an original. */
const SHOWN_LETTERS = 4000
/** White space between tokens is never kept; some write `/` as `\/`. */
const LONG_DATA = /("data":"[A-Za-z0-9+/=\\]{4000})[A-Za-z0-9+/=\\]+(?=")/g

/** The files in a FHIR resource: of a DocumentReference, a Media, a report, or a Binary itself. Total. */
export function attachmentsOf(original: string): readonly AttachmentInfo[] {
  if (!original.includes('"data":"')) return []
  return dataIn(parseObject(original)).flatMap(({ data, title }, index) => {
    const letters = data.replace(/\s+/g, '')
    const head = bytesOfBase64(letters.slice(0, 4 * HEAD_BYTES))
    const type = head && paperTypeOf(head)
    const padding = /=*$/.exec(letters.slice(-2))?.[0].length ?? 0
    const bytes = Math.max(0, Math.floor((letters.length * 3) / 4) - padding)
    return { index, bytes, ...(type === undefined ? {} : { type }), ...(title === undefined ? {} : { title }) }
  })
}

/** The bytes of one of them; undefined where there is none, or no base64. */
export function attachmentBytes(original: string, index: number): Bytes | undefined {
  const data = dataIn(parseObject(original))[index]?.data
  return data === undefined ? undefined : bytesOfBase64(data)
}

/** The JSON text with each long file in it cut to its beginning; still JSON. */
export function withoutFiles(original: string): string {
  return original.length <= SHOWN_LETTERS ? original : original.replace(LONG_DATA, '$1')
}

interface Found {
  readonly data: string
  readonly title?: string
}

function dataIn(resource: JsonObject): readonly Found[] {
  return holders(resource).flatMap(holder => {
    const data = holder['data']
    const title = textOf(holder['title'])
    return typeof data === 'string' ? [{ data, ...(title === undefined ? {} : { title }) }] : []
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
