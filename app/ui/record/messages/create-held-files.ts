import { createSignal } from 'solid-js'
import type { FileFailure, ShownFile } from '#app/core/file-session.ts'
import { toHex } from '#schema/bytes.ts'
import { FileId } from '#schema/ids.ts'
import { useSession } from '../../session.ts'

/** One that is being sealed. */
export interface ComingFile {
  readonly id: FileId
  readonly name: string
}

export interface HeldFiles {
  readonly held: () => readonly ShownFile[]
  readonly coming: () => readonly ComingFile[]
  readonly failed: () => { readonly name: string; readonly failure: FileFailure } | undefined
  add(files: readonly File[]): Promise<void>
  stop(id: FileId): void
  takeOff(id: FileId): void
}

/** Files of a message that is being written, kept on this device until it is sent; `change` writes them into its draft. */
export function createHeldFiles(
  held: () => readonly ShownFile[],
  change: (files: readonly ShownFile[]) => void,
): HeldFiles {
  const session = useSession()
  const [coming, setComing] = createSignal<readonly ComingFile[]>([])
  const [failed, setFailed] = createSignal<ReturnType<HeldFiles['failed']>>()

  async function addOne(file: File, { id, name }: ComingFile): Promise<void> {
    if (!coming().some(one => one.id === id)) return
    const answer = await session.holdFile(id, file, name)
    setComing(all => all.filter(one => one.id !== id))
    if (answer.ok) change([...held(), answer.value])
    else if (answer.failure.kind !== 'cancelled') setFailed({ name, failure: answer.failure })
  }

  return {
    held,
    coming,
    failed,
    async add(files) {
      setFailed()
      const named = files.map(file => ({ file, id: newFileId(), name: file.name }))
      setComing(all => [...all, ...named.map(({ id, name }) => ({ id, name }))])
      // One after the other: each is read whole.
      for (const { file, id, name } of named) await addOne(file, { id, name })
    },
    stop(id) {
      setComing(all => all.filter(one => one.id !== id))
      void session.stopTransfer(id)
    },
    takeOff(id) {
      change(held().filter(one => one.id !== id))
      void session.letGoFile(id)
    },
  }
}

const newFileId = (): FileId => FileId.parse(toHex(crypto.getRandomValues(new Uint8Array(FileId.size))))!
