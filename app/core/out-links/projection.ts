import { hash } from '#crypto/hash.ts'
import { toHex, utf8 } from '#schema/bytes.ts'
import { at, objectsOf, parseObject } from '#schema/record/fhir/json.ts'
import type { EntryId } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import type { OutWords } from '../exchange/report/out-words.ts'
import type { RecordService } from '../record/open-record.ts'
import { sealJwe } from '../exchange/link/seal-jwe.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What of the record a link shows. */
export interface Shown {
  readonly sections: readonly Section[]
  /** Entries whose files go along; no others do. */
  readonly files: readonly EntryId[]
  /** Sections of which the person says that they know of nothing. */
  readonly noneKnown: readonly Section[]
  readonly words: OutWords
}

export interface Projection {
  /** An International Patient Summary as JSON. */
  readonly text: string
  /** The same for the same content, whenever it was made: 32 hex digits. */
  readonly digest: string
}

const FHIR = 'application/fhir+json'

/** A fresh summary of what is shown; nothing private is ever in it. */
export async function makeProjection(
  record: Pick<RecordService, 'takeOut'>,
  { sections, files, noneKnown, words }: Shown,
): Promise<Projection> {
  const file = { kind: 'summary', words, noneKnown, files } as const
  const taken = await record.takeOut({ sections, withPrivate: false, file })
  if (!taken.ok) throw new Error(`Cannot make a summary: ${taken.failure.kind}`)
  const text = await taken.value.text()
  return { text, digest: digestOf(text) }
}

/** A compact JWE. `key`: 32 bytes. */
export async function sealProjection({ text }: Projection, key: Uint8Array): Promise<Bytes> {
  return utf8(await sealJwe(utf8(text), key, FHIR))
}

/** Without the document's own name and time, which differ each time it is written; nor does the order of its resources count. */
function digestOf(text: string): string {
  const bundle = parseObject(text)
  const entries = objectsOf(bundle['entry']).map(entry => JSON.stringify(entry))
  const own = [bundle['id'], bundle['timestamp'], at(bundle, 'entry', 'resource', 'id')]
  const named = own.filter(name => typeof name === 'string' && name !== '')
  const content = entries.map(entry => named.reduce<string>((left, name) => left.replaceAll(String(name), ''), entry))
  return toHex(hash(utf8(content.toSorted().join('\n')))).slice(0, 32)
}
