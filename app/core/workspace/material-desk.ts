import type { FileId } from '#schema/ids.ts'
import { readFields } from '#schema/record/field-reader.ts'
import { MATERIAL } from '#schema/requests/material.ts'
import { copyOfFile } from '#schema/requests/records-copy.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { FileFailure } from '../file-session.ts'
import { LiveView } from '../live-view.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { FileDesk } from '../messages/files/file-desk.ts'
import { shownFile } from '../messages/files/shown-file.ts'
import type { KeepMaterial, KeptMaterial } from '../material-session.ts'
import type { SaveFailure, Stop } from '../session.ts'
import type { VaultSlot } from '../vault/open-vault.ts'
import {
  dropMaterial,
  fileNamed,
  filesOf,
  isMaterialId,
  MATERIALS_SHARD,
  type MaterialsDocument,
  putMaterial,
  readMaterials,
  type StoredMaterial,
} from './materials-document.ts'

/** Materials that somebody keeps to give them again. Their files lie beside the home log, as those of messages beside a conversation's. */
export class MaterialDesk {
  readonly #slot: VaultSlot
  readonly #files: Pick<FileDesk, 'named' | 'place' | 'placed' | 'openBeside'>
  readonly #view: LiveView<readonly KeptMaterial[]>

  constructor(slot: VaultSlot, files: Pick<FileDesk, 'named' | 'place' | 'placed' | 'openBeside'>) {
    this.#slot = slot
    this.#files = files
    this.#view = new LiveView<readonly KeptMaterial[]>(
      [],
      () => slot.open,
      async () => (await this.#read()).map(keptMaterial),
    )
    slot.onOpen(({ account }) => {
      const stop = account.logs.home.watch(MATERIALS_SHARD, () => this.#view.changed())
      this.#view.changed()
      return () => {
        stop()
        this.#view.changed()
      }
    })
  }

  watch(listener: (materials: readonly KeptMaterial[]) => void): Promise<Stop> {
    return this.#view.watch(listener)
  }

  async keep({ id, fileIds, ...content }: KeepMaterial): Promise<Result<void, SaveFailure>> {
    const log = this.#log
    if (log === undefined) return fail({ kind: 'locked' })
    const files = await this.#filesOf(id, fileIds)
    if (files === undefined) return fail({ kind: 'not-found' })
    const { all, held } = files
    const data = { ...content, ...(all.length > 0 && { files: all.map(copyOfFile) }) }
    const said = readFields(data, MATERIAL.readers.send)
    if (!isMaterialId(id) || !said.ok) return fail({ kind: 'invalid', field: said.ok ? 'id' : said.failure.field })
    // Beside the log before it is named there: whoever breaks off in between keeps it again.
    const placed = await this.#files.place(log.id, held)
    if (!placed.ok) return fail({ kind: 'not-stored', why: placed.failure })
    const saved = await this.#change(doc => putMaterial(doc, { id, said: said.value }))
    if (saved.ok && held.length > 0) await this.#files.placed(held)
    return saved
  }

  drop(id: string): Promise<Result<void, SaveFailure>> {
    return this.#change(doc => dropMaterial(doc, id))
  }

  async openFile(id: FileId): Promise<Result<Blob, FileFailure>> {
    const [log, file] = [this.#log, fileNamed(await this.#read(), id)]
    if (log === undefined || file === undefined) return fail({ kind: 'not-found' })
    return this.#files.openBeside(log.id, file)
  }

  /** In their order: those that it has already, and those that are held for it. */
  async #filesOf(id: string, fileIds: readonly FileId[]) {
    const before = (await this.#read()).find(one => one.id === id)
    const known = new Map((before === undefined ? [] : filesOf(before.said)).map(file => [file.id, file]))
    const held = fileIds.filter(fileId => !known.has(fileId))
    const named = await this.#files.named(held)
    if (named === undefined) return undefined
    for (const file of named) known.set(file.id, file)
    const all = fileIds.flatMap(fileId => known.get(fileId) ?? [])
    return { all, held }
  }

  get #log(): SealedLog | undefined {
    return this.#slot.open?.account.logs.home.log
  }

  async #read(): Promise<readonly StoredMaterial[]> {
    return readMaterials((await this.#log?.read<MaterialsDocument>(MATERIALS_SHARD)) ?? {})
  }

  async #change(change: (doc: MaterialsDocument) => void): Promise<Result<void, SaveFailure>> {
    const log = this.#log
    if (log === undefined) return fail({ kind: 'locked' })
    await log.change<MaterialsDocument>(MATERIALS_SHARD, change)
    const flushed = await log.flush()
    return flushed.ok ? ok(undefined) : fail({ kind: 'not-stored', why: flushed.failure })
  }
}

function keptMaterial({ id, said }: StoredMaterial): KeptMaterial {
  const { title, text, address, topic } = said
  return {
    id,
    title,
    ...(text !== undefined && { text }),
    ...(address !== undefined && { address }),
    ...(topic !== undefined && { topic }),
    files: filesOf(said).map(shownFile),
  }
}
