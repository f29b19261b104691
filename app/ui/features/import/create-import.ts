import { createSignal } from 'solid-js'
import type { ImportFailure, ImportPreview, ImportProgress, SaveFailure } from '#app/core/session.ts'
import type { ImportId } from '#schema/record/entry.ts'
import { createAnswer } from '../../record/create-answer.ts'
import { createWatch, useSession } from '../../session.ts'

/** Where bringing in a file stands. */
export type ImportStep =
  | { readonly kind: 'choose' }
  | { readonly kind: 'reading'; readonly fileName: string }
  | { readonly kind: 'preview'; readonly preview: ImportPreview }
  | { readonly kind: 'saving'; readonly preview: ImportPreview }
  | { readonly kind: 'done'; readonly importId: ImportId; readonly added: number }
  | { readonly kind: 'failed'; readonly failure: ImportFailure | SaveFailure }

/** One file at a time: read, looked over, and only then brought in. */
export function createImport() {
  const session = useSession()
  const [step, setStep] = createSignal<ImportStep>({ kind: 'choose' })
  const progress = createWatch<ImportProgress>(listener => session.watchImport(listener))
  const [looked, setLooked] = createSignal(0)
  const imports = createAnswer(looked, () => session.imports())
  const refetch = () => setLooked(looked() + 1)
  // A file chosen later, or a cancel, makes the answer about an earlier one void.
  let turn = 0
  let hasBegun = false

  async function read(file: File): Promise<void> {
    const mine = ++turn
    hasBegun = true
    setStep({ kind: 'reading', fileName: file.name })
    const answer = await session.previewImport(file, file.name)
    if (mine !== turn) return
    if (answer.ok) setStep({ kind: 'preview', preview: answer.value })
    else setStep({ kind: 'failed', failure: answer.failure })
  }

  async function commit(preview: ImportPreview): Promise<void> {
    const mine = ++turn
    setStep({ kind: 'saving', preview })
    const answer = await session.commitImport(preview.importId)
    refetch()
    if (mine !== turn) return
    if (answer.ok) setStep({ kind: 'done', importId: preview.importId, added: answer.value.added })
    else if (answer.failure.kind === 'cancelled') setStep({ kind: 'choose' })
    else setStep({ kind: 'failed', failure: answer.failure })
  }

  async function cancel(): Promise<void> {
    // While it is being saved, the answer says whether the cancel was in time.
    if (step().kind !== 'saving') {
      turn++
      setStep({ kind: 'choose' })
    }
    await session.cancelImport()
  }

  /** Takes a whole file back; answers how many entries left. */
  async function takeBack(importId: ImportId) {
    const answer = await session.undoImport(importId)
    refetch()
    const now = step()
    if (answer.ok && now.kind === 'done' && now.importId === importId) setStep({ kind: 'choose' })
    return answer
  }

  return {
    step,
    progress,
    imports,
    read,
    commit,
    cancel,
    takeBack,
    startOver: () => setStep({ kind: 'choose' }),
    /** Whether a file was chosen since the page came. */
    hasBegun: () => hasBegun,
  }
}
