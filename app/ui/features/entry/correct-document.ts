import type { SaveFailure } from '#app/core/session.ts'
import { listOf } from '#schema/record/document.ts'
import type { DocumentFields, EntryDetail } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import { t } from '../../language/language.ts'
import { showToast } from '../../parts/toast.tsx'
import { undoLastAct } from '../../record/undo.ts'
import { saveFailureWords } from '../../record/words.ts'
import { useSession } from '../../session.ts'

/** As it can be corrected; undefined for what is no document. */
export function documentOf(entry: EntryDetail): DocumentFields | undefined {
  const fields = entry.fields ?? entry.correctionDraft
  return fields?.kind === 'document' ? fields : undefined
}

/** Acts on a document that is there, each told with its undo. */
export function useDocumentActs(entry: () => EntryDetail) {
  const session = useSession()

  function tell(saved: Result<void, SaveFailure>, message: string): void {
    if (!saved.ok) return showToast({ message: saveFailureWords(saved.failure) })
    showToast({ message, action: { label: t('act.undo'), run: () => void undoLastAct(session) } })
  }

  return {
    /** Takes a page out, or puts it back. */
    async setPage(index: number, isOut: boolean): Promise<void> {
      const fields = documentOf(entry())
      if (fields === undefined) return
      const rest = listOf(fields.without).filter(page => page !== String(index))
      const without = (isOut ? [...rest, String(index)] : rest).join(' ')
      const saved = await session.editEntry(entry().summary.id, { ...fields, without })
      tell(saved, t(isOut ? 'attachment.takenOut' : 'attachment.putBack'))
    },
    async attach(paper: EntryDetail['summary'], to: EntryDetail['summary'], isAttached: boolean): Promise<void> {
      const saved = await session.attachPaper(paper.id, to.id, isAttached)
      tell(saved, t(isAttached ? 'papers.attached' : 'papers.detached'))
    },
  }
}
