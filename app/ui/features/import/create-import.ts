import { createSignal } from 'solid-js'
import type { ImportFailure, ImportPreview, ImportProgress, SaveFailure } from '#app/core/session.ts'
import type { ImportId } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { readPicture } from '../../parts/qr-image.ts'
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
  /** A card in several codes, of which some are read. */
  | { readonly kind: 'more-codes'; readonly have: readonly number[]; readonly total: number }
  /** What an issuer publishes for checking its cards, and no records. */
  | { readonly kind: 'issuer-file'; readonly file: Blob; readonly holds: 'keys' | 'revocations' }

/** What is being looked at. */
interface Source {
  readonly file: Blob
  readonly name: string
}

/** One file or code at a time: read, looked over, and only then brought in. */
export function createImport() {
  const session = useSession()
  const [step, setStep] = createSignal<ImportStep>({ kind: 'choose' })
  const progress = createWatch<ImportProgress>(listener => session.watchImport(listener))
  const [looked, setLooked] = createSignal(0)
  const imports = createAnswer(looked, () => session.imports())
  const issuers = createAnswer(looked, () => session.cardIssuers())
  const refetch = () => setLooked(looked() + 1)
  // A file chosen later, or a cancel, makes the answer about an earlier one void.
  let turn = 0
  let hasBegun = false
  let source: Source | undefined
  /** The codes of one card, as far as they were scanned. */
  let codes: readonly string[] = []

  /** Answers what came of it, unless something else was chosen meanwhile. */
  async function look(next: Source): Promise<ImportStep | undefined> {
    const mine = ++turn
    hasBegun = true
    source = next
    setStep({ kind: 'reading', fileName: next.name })
    const answer = await session.previewImport(next.file, next.name)
    if (mine !== turn) return undefined
    return answer.ok ? { kind: 'preview', preview: answer.value } : stepAfter(answer.failure, next.file)
  }

  async function read(file: File): Promise<void> {
    if (file.type.startsWith('image/')) return readImage(file)
    codes = []
    const next = await look({ file, name: file.name })
    if (next !== undefined) setStep(next)
  }

  async function readImage(file: File): Promise<void> {
    const mine = ++turn
    hasBegun = true
    setStep({ kind: 'reading', fileName: file.name })
    const text = await readPicture(file)
    if (mine !== turn) return
    if (text === undefined) setStep({ kind: 'failed', failure: { kind: 'not-supported', what: 'image' } })
    else await readText(text)
  }

  /** What a code says: a card, or one of the codes of a card. A code of another card begins anew. */
  async function readText(text: string): Promise<void> {
    const earlier = codes
    codes = [...new Set([...earlier, text])]
    let next = await look(sourceOf(codes))
    if (next?.kind === 'failed' && codes.length > 1) {
      codes = [text]
      next = await look(sourceOf(codes))
    }
    if (next === undefined) return
    if (next.kind !== 'more-codes') codes = []
    setStep(next)
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
    codes = []
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

  /** Keeps an issuer's file; what is being looked over is then judged once more. */
  async function keepIssuer(file: Blob, issuer?: string) {
    const answer = await session.keepIssuerFile(file, issuer)
    if (!answer.ok) return answer
    refetch()
    const next = step().kind === 'preview' && source !== undefined ? await look(source) : ({ kind: 'choose' } as const)
    if (next !== undefined) setStep(next)
    return answer
  }

  async function forgetIssuer(issuer: string) {
    const answer = await session.forgetCardIssuer(issuer)
    refetch()
    return answer
  }

  const startOver = () => setStep({ kind: 'choose' })
  return {
    step,
    progress,
    imports,
    issuers,
    read,
    readText,
    commit,
    cancel,
    takeBack,
    keepIssuer,
    forgetIssuer,
    startOver,
    /** Whether a file was chosen since the page came. */
    hasBegun: () => hasBegun,
  }
}

function sourceOf(codes: readonly string[]): Source {
  return { file: new Blob([codes.join('\n')]), name: t('import.scanned') }
}

function stepAfter(failure: ImportFailure, file: Blob): ImportStep {
  if (failure.kind === 'needs-codes') return { kind: 'more-codes', have: failure.have, total: failure.total }
  if (failure.kind === 'issuer-file' && failure.holds !== 'no-keys') {
    return { kind: 'issuer-file', file, holds: failure.holds }
  }
  return { kind: 'failed', failure }
}
