import type { CircleFailure } from '#app/core/circle-session.ts'
import type { Result } from '#schema/result.ts'
import { t } from '../../language/language.ts'
import { showToast } from '../../parts/toast.tsx'
import { circleFailureWords } from './circle-words.ts'

/** Says on the page what came of it; whether something did. */
export async function tell(done: Promise<Result<void, CircleFailure>>): Promise<boolean> {
  const answer = await done
  showToast({ message: answer.ok ? t('circle.saved') : circleFailureWords(answer.failure) })
  return answer.ok
}
