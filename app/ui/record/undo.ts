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
} as const satisfies Record<UndoneAct['act'], PlainKey>

/** Takes back the last `count` acts of this device, and says so. */
export async function undoLastAct(session: Session, count = 1): Promise<void> {
  for (let done = 0; done < count; done++) {
    const answer = await session.undo()
    if (!answer.ok) return showToast({ message: saveFailureWords(answer.failure) })
    if (answer.value === undefined) return showToast({ message: t('undo.nothing') })
    if (done === count - 1) showToast({ message: t(UNDONE[answer.value.act]) })
  }
}
