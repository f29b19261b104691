import { createSignal } from 'solid-js'
import { codeTitle } from '#schema/codes/code-title.ts'
import { cvxCodeOf } from '#schema/codes/cvx-code.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../language/language.ts'
import { isolated } from '../language/isolated.ts'

type Names = Readonly<Record<string, string>>

// Like the words of the page's language, one for all that is drawn; loaded when the first code without words is.
const [names, setNames] = createSignal<{ readonly vaccines: Names; readonly observations: Names }>()
let asked: Promise<void> | undefined

async function load(): Promise<void> {
  const [{ CVX_NAMES }, { LOINC_NAMES }] = await Promise.all([
    import('#schema/codes/cvx.ts'),
    import('#schema/codes/loinc-names.ts'),
  ])
  setNames({ vaccines: CVX_NAMES, observations: LOINC_NAMES })
}

/**
 * What an entry is called whose source says no more than its code: what our own tables call it (CVX, LOINC), else the code and its system.
 * The code until the tables are loaded. Undefined where its kind says more. Reactive.
 */
export function codedTitle(entry: EntrySummary): string | undefined {
  const vaccine = cvxCodeOf(entry.codes)
  const title = vaccine === undefined ? codeTitle(entry, names()?.observations ?? {}) : undefined
  // Without the script there is the code, and the next one drawn asks again.
  if (vaccine !== undefined || title !== undefined) asked ??= load().catch(() => void (asked = undefined))
  if (vaccine === undefined) return title && isolated(title)
  return names()?.vaccines[vaccine] ?? t('vaccine.code', { code: vaccine })
}
