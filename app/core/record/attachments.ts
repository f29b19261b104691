import type { AttachmentInfo, EntrySummary } from '#schema/record/entry.ts'
import { at, isObject, type JsonObject, objectsOf, parseObject, textOf } from '#schema/record/fhir/json.ts'
import { bytesOfBase64 } from '../exchange/base64.ts'
import { HEAD_BYTES, paperTypeOf } from '../exchange/paper/paper-type.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Letters of a file that stand in what is shown of an original. */
const SHOWN_LETTERS = 400
/** White space between tokens is never kept. */
const DATA = '"data":"'

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
  const pieces: string[] = []
  let from = 0
  // Not by a pattern: over a long file it would need a stack as long.
  for (let at = original.indexOf(DATA); at !== -1; at = original.indexOf(DATA, at)) {
    const start = at + DATA.length
    const end = original.indexOf('"', start)
    if (end === -1) break
    const letters = original.slice(start, Math.min(end, start + SHOWN_LETTERS))
    // Cut within an escape it would be no JSON.
    const isWhole = /^[A-Za-z0-9+/]*$/.test(letters) && original[end - 1] !== '\\'
    if (end - start > SHOWN_LETTERS && isWhole) {
      pieces.push(original.slice(from, start), letters)
      from = end
    }
    at = end
  }
  return pieces.join('') + original.slice(from)
}

/** In place of files that stay behind (https://hl7.org/fhir/R4/extension-data-absent-reason.html): there is one, and it is kept back. */
const KEPT_BACK =
  '"_data":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}]}'

/** Of a resource that `mayHaveFiles`: without the bytes of any, else token by token as it was; each says that they are kept back. Total. */
export function withFilesKeptBack(original: string): string {
  const pieces: string[] = []
  let from = 0
  for (let at = original.indexOf(DATA); at !== -1; at = original.indexOf(DATA, from)) {
    pieces.push(original.slice(from, at), KEPT_BACK)
    from = endOfString(original, at + DATA.length)
  }
  return pieces.join('') + original.slice(from)
}

/** Behind the closing quotation mark of the JSON string that goes on at `from`. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '"') return at + 1
    if (text[at] === '\\') at++
  }
  return text.length
}

/** Resource types that files lie in. */
const WITH_FILES: ReadonlySet<string> = new Set(['Binary', 'DocumentReference', 'Media', 'DiagnosticReport'])

/** Whether it can have files, as far as its row tells. */
export const mayHaveFiles = ({ resourceType = '' }: EntrySummary): boolean => WITH_FILES.has(resourceType)

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
