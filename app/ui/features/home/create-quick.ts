import { createSignal } from 'solid-js'
import type { SaveFailure } from '#app/core/session.ts'
import type { BloodPressureFields } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { showToast } from '../../parts/toast.tsx'
import type { Question } from '../../record/entry-draft.ts'
import { meanOfPressures, SITTING_MS } from '../../record/pressure-draft.ts'
import { undoLastAct } from '../../record/undo.ts'
import { useSession } from '../../session.ts'
import { checkQuick, NO_QUICK, type QuickDraft, type QuickError } from './quick-draft.ts'

/** One line over a draft: each reading is saved at once; the mean of a sitting's two is only shown. */
export function createQuick(now: () => Date = () => new Date()) {
  const session = useSession()
  const [draft, setDraft] = createSignal(NO_QUICK)
  const [error, setError] = createSignal<QuickError>()
  const [questions, setQuestions] = createSignal<readonly Question[]>([])
  const [failure, setFailure] = createSignal<SaveFailure>()
  const [isSaving, setSaving] = createSignal(false)
  const [sitting, setSitting] = createSignal<readonly { readonly fields: BloodPressureFields; readonly at: number }[]>(
    [],
  )

  async function save(fields: BloodPressureFields): Promise<void> {
    setSaving(true)
    setFailure(undefined)
    const saved = await session.addEntry(fields)
    setSaving(false)
    if (!saved.ok) {
      setFailure(saved.failure)
      return
    }
    const at = now().getTime()
    const before = sitting().filter(one => at - one.at < SITTING_MS)
    setSitting([...(before.length === 1 ? before : []), { fields, at }])
    // Arm and position stay for the second reading; its time is its own.
    setDraft(last => ({ ...last, line: '', time: '', note: '' }))
    showToast({
      message: t('add.saved'),
      action: {
        label: t('act.undo'),
        run: () => {
          setSitting(all => all.filter(one => one.fields !== fields))
          void undoLastAct(session)
        },
      },
    })
  }

  const checked = () => checkQuick(draft(), now())
  return {
    draft,
    error,
    questions,
    failure,
    isSaving,
    /** How many readings of this sitting are saved: 0, 1 or 2. */
    savedCount: () => sitting().length,
    mean: () => meanOfPressures(sitting().map(({ fields }) => fields)),
    change(part: Partial<QuickDraft>): void {
      setError(undefined)
      setQuestions([])
      setDraft(before => ({ ...before, ...part }))
    },
    async submit(): Promise<void> {
      if (isSaving()) return
      setQuestions([])
      const found = checked()
      setError(found.ok ? undefined : found.error)
      if (!found.ok) return
      if (found.questions.length > 0) setQuestions(found.questions)
      else await save(found.fields)
    },
    async confirm(): Promise<void> {
      const found = checked()
      setQuestions([])
      if (found.ok) await save(found.fields)
    },
    reconsider: () => setQuestions([]),
  }
}

export type Quick = ReturnType<typeof createQuick>
