import type { TakenTime } from '#app/core/request-session.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'

/** Who has a time, or chose it. */
export function takenWords({ people, isAgreed }: TakenTime): string {
  return t(isAgreed ? 'slots.agreed' : 'slots.chosen', { names: formatList(people) })
}
