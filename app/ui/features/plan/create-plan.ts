import { createMemo } from 'solid-js'
import type { Tracked } from '#app/core/track-session.ts'
import { instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { showToast } from '../../parts/toast.tsx'
import { createRows } from '../../record/medicines/create-rows.ts'
import { createAppointments } from '../../record/plan/create-coming.ts'
import { writtenTime } from '../../record/medicines/write-dose.ts'
import { undoLastAct } from '../../record/undo.ts'
import { saveFailureWords } from '../../record/words.ts'
import { createWatch, useSession } from '../../session.ts'
import { currentRows, itemOfEntry, itemOfMeasure, type PlanItem, planOf } from './plan-groups.ts'

/** What a condition can have: goals, medicines, measures, tasks, appointments, and plans of a clinic. */
export function createPlan() {
  const session = useSession()
  const tracked = createWatch<Tracked>(listener => session.watchTracked(listener))
  const conditions = createRows(() => ({ kinds: ['condition'] }))
  const others = createRows(() => ({ kinds: ['goal', 'medicine', 'care-plan', 'task'] }))
  const { coming } = createAppointments()
  const links = createRows(() => ({ kinds: ['link'] }))
  const items = createMemo((): readonly PlanItem[] => [
    ...currentRows(others() ?? []).map(itemOfEntry),
    ...coming().map(itemOfEntry),
    ...(tracked()?.measures ?? []).map(itemOfMeasure),
  ])
  const plan = createMemo(() => {
    const [found, linked] = [conditions(), links()]
    return found && linked && others() && planOf(currentRows(found), items(), linked)
  })

  async function link(condition: EntrySummary, item: PlanItem): Promise<void> {
    const isPrivate = condition.isPrivate === true || (item.type === 'entry' && item.entry.isPrivate === true)
    const linkedAt = writtenTime(instant(Date.now()))
    const saved = await session.addEntry(
      { kind: 'link', conditionId: condition.id, target: item.target, linkedAt },
      isPrivate ? { isPrivate } : {},
    )
    if (!saved.ok) showToast({ message: saveFailureWords(saved.failure) })
  }

  async function unlink(linked: EntrySummary): Promise<void> {
    const gone = await session.binEntry(linked.id)
    if (!gone.ok) return showToast({ message: saveFailureWords(gone.failure) })
    showToast({
      message: t('care.unlinked'),
      action: { label: t('act.undo'), run: () => void undoLastAct(session) },
    })
  }

  const clinicPlans = createMemo(() => currentRows(others() ?? []).filter(({ kind }) => kind === 'care-plan'))

  return { plan, items, clinicPlans, link, unlink }
}

export type CarePlan = ReturnType<typeof createPlan>
