import { createSignal } from 'solid-js'
import type { FileFailure, ShownFile } from '#app/core/file-session.ts'
import { FileId } from '#schema/ids.ts'
import { MAX_MATERIAL_FILES } from '#schema/requests/material-content.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { useSession } from '../../session.ts'
import type { MaterialForm } from './material-draft.ts'

const PICTURES: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'image/heic']
export const acceptedFor = (form: MaterialForm) =>
  form === 'file' ? [...PICTURES, 'application/pdf'].join() : PICTURES.join()

/** Why one of several files could not be read, sealed or fetched. */
interface FailedFile {
  readonly name: string
  readonly failure: FileFailure
}

/** The files of a material that is being written; some of them may be of one that is kept. */
export function createMaterialFiles(form: () => MaterialForm) {
  const session = useSession()
  const [files, setFiles] = createSignal<readonly File[]>([])
  const keptIds = new WeakMap<File, FileId>()
  const isAccepted = ({ type }: File) => acceptedFor(form()).split(',').includes(type)
  const hasKept = (id: FileId) => files().some(file => keptIds.get(file) === id)

  /** Made ready anew for each: a file lies beside one log. */
  async function hold(chosen: readonly File[]): Promise<Result<readonly FileId[], FailedFile>> {
    const ids: FileId[] = []
    for (const file of chosen) {
      const id = FileId.of(crypto.getRandomValues(new Uint8Array(FileId.size)))
      const held = await session.holdFile(id, file, file.name)
      if (!held.ok) {
        letGo(ids)
        return fail({ name: file.name, failure: held.failure })
      }
      ids.push(id)
    }
    return ok(ids)
  }

  function letGo(ids: readonly FileId[]): void {
    for (const id of ids) void session.letGoFile(id)
  }

  return {
    all: files,
    /** Of what was chosen, what goes with a text, or as the one file. */
    used(): readonly File[] {
      if (form() !== 'text' && form() !== 'file') return []
      const fitting = files().filter(isAccepted)
      return form() === 'file' ? fitting.slice(-1) : fitting
    },
    keptId: (file: File) => keptIds.get(file),
    hasKept,
    setKept: (file: File, id: FileId) => void keptIds.set(file, id),
    /** Answers those that can't go with it. */
    add(chosen: readonly File[]): readonly File[] {
      const good = chosen.filter(isAccepted)
      setFiles(before => (form() === 'file' ? good.slice(-1) : [...before, ...good].slice(0, MAX_MATERIAL_FILES)))
      return chosen.filter(file => !good.includes(file))
    },
    takeOff: (file: File) => setFiles(all => all.filter(one => one !== file)),
    clear: () => setFiles([]),
    hold,
    letGo,
    /** Brings files of what is kept, for as long as `isWanted`. */
    async fetch(wanted: readonly ShownFile[], isWanted: () => boolean): Promise<FailedFile | undefined> {
      for (const { id, name } of wanted) {
        const opened = await session.openMaterialFile(id)
        if (!opened.ok) return { name, failure: opened.failure }
        if (!isWanted() || hasKept(id)) continue
        const file = new File([opened.value], name, { type: opened.value.type })
        keptIds.set(file, id)
        setFiles(all => [...all, file])
      }
      return undefined
    },
  }
}
