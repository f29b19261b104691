import { createEffect, createSignal, onCleanup } from 'solid-js'
import type { ClinicInfo, Clinics, ClinicSignIn } from '#app/core/clinic-session.ts'
import type { ImportPreview } from '#app/core/import-session.ts'
import { readClinicAnswer } from '#app/core/exchange/clinic/clinic-answer.ts'
import type { ImportId } from '#schema/record/entry.ts'
import { createWatch, useClinicAnswer, useHost, useSession } from '../../session.ts'
import { clinicFailureWords } from './clinic-words.ts'

/** What is under way on the page of clinics, beside the list. */
export type ClinicStep =
  | { readonly kind: 'list' }
  | { readonly kind: 'finishing' }
  | { readonly kind: 'connected'; readonly clinic: ClinicInfo }
  | { readonly kind: 'fetching'; readonly clinic: ClinicInfo }
  | { readonly kind: 'preview'; readonly preview: ImportPreview }
  | { readonly kind: 'saving'; readonly preview: ImportPreview }
  | { readonly kind: 'done'; readonly importId: ImportId; readonly added: number }
  | { readonly kind: 'failed'; readonly words: string }

/** Connections to clinics: signing in, fetching, looking over, bringing in. One thing at a time. */
export function createClinics() {
  const session = useSession()
  const host = useHost()
  const { clinicAnswer, forgetClinicAnswer } = useClinicAnswer()
  const [step, setStep] = createSignal<ClinicStep>({ kind: 'list' })
  const clinics = createWatch<Clinics>(listener => session.watchClinics(listener))
  const begun = (): readonly ClinicSignIn[] => clinics()?.begun ?? []
  const isAwaited = (answer: string) => {
    const state = readClinicAnswer(answer)?.state
    return begun().some(each => each.state === state)
  }

  async function finish(answer: string): Promise<void> {
    setStep({ kind: 'finishing' })
    const done = await session.finishClinic(answer)
    setStep(
      done.ok ? { kind: 'connected', clinic: done.value } : { kind: 'failed', words: clinicFailureWords(done.failure) },
    )
  }

  // Asked anew with each sign-in that is begun: a window that came back before it was known here offers once more.
  createEffect(() => {
    if (begun().length === 0) return
    const stop = host.awaitClinic(answer => {
      const isMine = isAwaited(answer) && step().kind !== 'finishing'
      if (isMine) void finish(answer)
      return isMine
    })
    onCleanup(stop)
  })
  // Of this window's own address; what was begun is known once the record is open.
  createEffect(() => {
    const answer = clinicAnswer()
    if (answer === undefined || clinics() === undefined) return
    forgetClinicAnswer()
    void finish(answer)
  })

  async function fetch(clinic: ClinicInfo, what: 'new' | 'everything'): Promise<void> {
    setStep({ kind: 'fetching', clinic })
    const answer = await session.fetchClinic(clinic.clinicId, what)
    if (answer.ok) setStep({ kind: 'preview', preview: answer.value })
    else if (isCancel(answer.failure)) setStep({ kind: 'list' })
    else setStep({ kind: 'failed', words: clinicFailureWords(answer.failure) })
  }

  async function choosePeople({ importId }: ImportPreview, places: readonly number[]): Promise<void> {
    const answer = await session.choosePeople(importId, places)
    if (step().kind !== 'preview') return
    if (answer.ok) setStep({ kind: 'preview', preview: answer.value })
    else setStep({ kind: 'failed', words: clinicFailureWords(answer.failure) })
  }

  async function commit(preview: ImportPreview, withOlder: boolean): Promise<void> {
    setStep({ kind: 'saving', preview })
    const answer = await session.commitImport(preview.importId, [], withOlder)
    if (answer.ok) setStep({ kind: 'done', importId: preview.importId, added: answer.value.added })
    else if (isCancel(answer.failure)) setStep({ kind: 'list' })
    else setStep({ kind: 'failed', words: clinicFailureWords(answer.failure) })
  }

  async function cancel(): Promise<void> {
    if (step().kind === 'preview') setStep({ kind: 'list' })
    await session.cancelClinic()
    await session.cancelImport()
  }

  return { step, clinics, finish, fetch, choosePeople, commit, cancel, toList: () => setStep({ kind: 'list' }) }
}

const isCancel = (failure: { readonly kind: string; readonly why?: string }) =>
  failure.kind === 'cancelled' || (failure.kind === 'clinic' && failure.why === 'cancelled')
