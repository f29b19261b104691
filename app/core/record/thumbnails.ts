import { hash } from '#crypto/hash.ts'
import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { concat, toHex, utf8 } from '#schema/bytes.ts'
import type { EntryDetail, EntryId } from '#schema/record/entry.ts'
import type { LogSection } from '#schema/record/sections.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { PaperSession } from '../paper-session.ts'
import type { ByteStore, Pictures } from '../ports.ts'
import { Turns } from '../turns.ts'
import { placeInLog, placeOf } from './entry-place.ts'
import type { RecordIndex } from './record-index.ts'

/** Rows of table `sealed`: of this device alone, made again when lost. */
const PREFIX = 'picture/'
/** Of the longer side: an icon's room on a sharp screen. */
const PIXELS = 128
const STATE_BYTES = 16

interface ThumbnailDeps {
  logOf(section: LogSection): SealedLog
  readonly store: ByteStore
  readonly localKey: Uint8Array
  readonly index: RecordIndex
  /** Left out: nothing here can draw. */
  readonly pictures?: Pictures
  detail(id: EntryId): Promise<EntryDetail | undefined>
  readonly attachment: PaperSession['attachment']
}

/** Small pictures of documents, one made at a time, each kept for as long as its document stays as it is. */
export function makeThumbnails(deps: ThumbnailDeps): Pick<PaperSession, 'thumbnail'> {
  const { store, localKey, index } = deps
  const turns = new Turns()

  /** Names what the document's shard says, in 16 letters: another one with every change. */
  function stateOf(id: EntryId): Uint8Array | undefined {
    const place = placeOf(id)
    if (place === undefined) return undefined
    const { log, label } = placeInLog(index.isPrivate(id) ? { ...place, isPrivate: true } : place)
    const shard = deps
      .logOf(log)
      .shards()
      .find(each => each.label === label)
    return shard && utf8(toHex(hash(utf8(shard.heads.join()))).slice(0, STATE_BYTES))
  }

  async function kept(key: string, state: Uint8Array): Promise<Blob | 'none' | undefined> {
    const row = await store.get('sealed', key)
    const opened = row && openSecret(localKey, key, row)
    if (opened === undefined || !opened.ok) return undefined
    const { value } = opened
    if (toHex(value.subarray(0, STATE_BYTES)) !== toHex(state)) return undefined
    return value.length === STATE_BYTES ? 'none' : new Blob([value.slice(STATE_BYTES)], { type: 'image/jpeg' })
  }

  async function make(id: EntryId, pictures: Pictures): Promise<Blob | undefined> {
    const files = (await deps.detail(id))?.attachments ?? []
    const first = files.find(({ type, isOut }) => isOut !== true && type?.startsWith('image/') === true)
    const picture = first && (await deps.attachment(id, first.index))
    return picture && pictures.shrink(picture, PIXELS)
  }

  async function thumbnail(id: EntryId, pictures: Pictures): Promise<Blob | undefined> {
    const [key, state] = [`${PREFIX}${id}`, stateOf(id)]
    if (state === undefined || index.get(id)?.summary.kind !== 'document') return undefined
    const known = await kept(key, state)
    if (known !== undefined) return known === 'none' ? undefined : known
    const made = await make(id, pictures)
    const bytes = made === undefined ? new Uint8Array(0) : new Uint8Array(await made.arrayBuffer())
    // A full disk costs making it again.
    await store.commit([{ table: 'sealed', key, value: sealSecret(localKey, key, concat(state, bytes)) }])
    return made
  }

  return {
    async thumbnail(id) {
      const { pictures } = deps
      return pictures && turns.next(() => thumbnail(id, pictures))
    },
  }
}

/** Deletes those of documents that are gone for good. */
export async function dropThumbnails(store: ByteStore, index: RecordIndex): Promise<void> {
  const keys = await store.keys('sealed', PREFIX)
  const gone = keys.filter(key => index.get(key.slice(PREFIX.length) as EntryId) === undefined)
  if (gone.length > 0) await store.commit(gone.map(key => ({ table: 'sealed', key, remove: true })))
}
