import type { Session, UndoneAct } from '#app/core/session.ts'
import { type PlainKey, t } from '../language/language.ts'
import { showToast } from '../parts/toast.tsx'
import { saveFailureWords } from './words.ts'

const UNDONE = {
  add: 'undo.add',
  edit: 'undo.edit',
  bin: 'undo.bin',
  restore: 'undo.restore',
  import: 'undo.import',
  merge: 'undo.merge',
  apart: 'undo.apart',
} as const satisfies Record<UndoneAct['act'], PlainKey>

/** Takes back the last act of this device, and says so. */
export async function undoLastAct(session: Session): Promise<void> {
  const answer = await session.undo()
  if (!answer.ok) return showToast({ message: saveFailureWords(answer.failure) })
  showToast({ message: t(answer.value === undefined ? 'undo.nothing' : UNDONE[answer.value.act]) })
}
