import type { Session } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { showToast } from '../../parts/toast.tsx'
import { isolated } from '../../language/isolated.ts'
import { writtenTime } from '../medicines/write-dose.ts'
import { undoLastAct } from '../undo.ts'
import { saveFailureWords } from '../words.ts'
import type { TaskLine } from './task-day.ts'

/** Writes down that a task was done now, and says so, with a way back. */
export async function writeDone(session: Session, { task, due }: TaskLine): Promise<void> {
  const saved = await session.addEntry(
    {
      kind: 'task-done',
      taskId: task.id,
      taskTitle: task.title,
      due,
      doneAt: writtenTime(instant(Date.now())),
    },
    task.isPrivate === true ? { isPrivate: true } : {},
  )
  if (!saved.ok) return showToast({ message: saveFailureWords(saved.failure) })
  sayWithUndo(session, t('task.didNow', { name: isolated(task.title) }))
}

/** Takes back that it was done. */
export async function takeBackDone(session: Session, done: EntrySummary): Promise<void> {
  const gone = await session.binEntry(done.id)
  if (!gone.ok) return showToast({ message: saveFailureWords(gone.failure) })
  sayWithUndo(session, t('task.undone', { name: isolated(done.title) }))
}

function sayWithUndo(session: Session, message: string): void {
  showToast({ message, action: { label: t('act.undo'), run: () => void undoLastAct(session) } })
}
