import { createSignal } from 'solid-js'
import { cvxCodeOf } from '#schema/codes/cvx-code.ts'
import type { Coding } from '#schema/record/entry.ts'
import { t } from '../language/language.ts'

// Like the words of the page's language, one for all that is drawn; loaded when the first code without words is.
const [names, setNames] = createSignal<Readonly<Record<string, string>>>()
let asked: Promise<void> | undefined

async function load(): Promise<void> {
  const { CVX_NAMES } = await import('#schema/codes/cvx.ts')
  setNames(CVX_NAMES)
}

/** What a vaccine is called whose source says no more than its CVX code; the code until that is loaded. Undefined without such a code. Reactive. */
export function vaccineTitle(codes: readonly Coding[]): string | undefined {
  const code = cvxCodeOf(codes)
  if (code === undefined) return undefined
  // Without the script there is the code, and the next one drawn asks again.
  asked ??= load().catch(() => void (asked = undefined))
  return names()?.[code] ?? t('vaccine.code', { code })
}
