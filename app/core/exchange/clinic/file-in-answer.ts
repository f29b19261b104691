import { parseObject, tokenOf } from '#schema/record/fhir/json.ts'
import { bytesOfBase64 } from '../base64.ts'
import { fileFormOf, START_BYTES } from '../paper/file-form.ts'

export interface AnsweredFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** What its source calls it. */
  readonly said?: string
}

/**
 * The file in an answer to its address: the bytes as they came, or what a FHIR Binary holds, in JSON or XML (FHIR R4 §2.36.1: a server may answer
 * each). `said`: what was expected. Undefined where there is no file, but a message of the server's or its page for people. Total.
 */
export function fileInAnswer(bytes: Uint8Array<ArrayBuffer>, said?: string): AnsweredFile | undefined {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, START_BYTES)).replace(/^ï»¿/, '')
  const asCame = { bytes, ...(said === undefined ? {} : { said }) }
  if (bytes.length === 0) return undefined
  // A file in RTF begins with a brace, too.
  if (/^\s*\{\s*["}]/.test(start)) return fileInJson(bytes, asCame)
  const root =
    /^\s*(?:<\?xml[^>]*>\s*)?<(Binary|OperationOutcome)\s[^>]*xmlns\s*=\s*["']http:\/\/hl7\.org\/fhir["']/.exec(
      start,
    )?.[1]
  if (root === 'OperationOutcome') return undefined
  if (root === 'Binary') return fileInXml(new TextDecoder().decode(bytes))
  return isPageInstead(bytes, said) ? undefined : asCame
}

function fileInJson(bytes: Uint8Array<ArrayBuffer>, asCame: AnsweredFile): AnsweredFile | undefined {
  const resource = parseObject(new TextDecoder().decode(bytes))
  const type = tokenOf(resource['resourceType'])
  if (type === 'Binary') return fileIn(resource['data'], tokenOf(resource['contentType']))
  if (type === 'OperationOutcome') return undefined
  const isExpected = asCame.said === undefined ? type !== undefined : /json/i.test(asCame.said)
  return isExpected ? asCame : undefined
}

/** Its values alone: what stands around them says nothing of the file. Not by a pattern, which would need a stack as long as the file. */
function fileInXml(text: string): AnsweredFile | undefined {
  const valueOf = (element: string) => {
    const tag = text.indexOf(`<${element} `)
    const end = text.indexOf('>', tag)
    const start = tag === -1 ? -1 : text.indexOf('value="', tag)
    return start === -1 || end === -1 || start > end ? undefined : text.slice(start + 7, text.indexOf('"', start + 7))
  }
  return fileIn(valueOf('data'), tokenOf(valueOf('contentType')))
}

function fileIn(data: unknown, said: string | undefined): AnsweredFile | undefined {
  const bytes = typeof data === 'string' ? bytesOfBase64(data) : undefined
  if (bytes === undefined || bytes.length === 0) return undefined
  return { bytes, ...(said === undefined ? {} : { said }) }
}

/** A page for people where another kind of file was expected: one to sign in, or one that says that something is out of order. */
function isPageInstead(bytes: Uint8Array, said = ''): boolean {
  const kind = said.split(';')[0]?.trim().toLowerCase() ?? ''
  const mayBePage = kind === '' || kind.startsWith('text/') || /html|xml|octet-stream/.test(kind)
  return !mayBePage && fileFormOf(bytes.subarray(0, START_BYTES)).type === 'text/html'
}
