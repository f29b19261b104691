import ArrowDown from 'lucide-solid/icons/arrow-down-right'
import ArrowUp from 'lucide-solid/icons/arrow-up-right'
import Equal from 'lucide-solid/icons/equal'
import { Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { TestGroup } from '#app/core/results-session.ts'
import { language, t } from '../../language/language.ts'
import { formatDate } from '../../record/format-when.ts'
import { isolated } from '../../language/isolated.ts'
import { useNewResults } from '../../record/new-results.ts'
import { valueWithoutPulse } from '../../record/words.ts'
import { useSettings } from '../../session.ts'
import styles from './results.module.css'

const ICONS = { up: ArrowUp, down: ArrowDown, same: Equal } as const

/** How the latest result differs from the one before it, which is no judgement: an arrow, and words. */
export function ChangeWords(props: { readonly test: TestGroup }) {
  const words = createChangeWords(() => props.test)
  const newResults = useNewResults()
  const tellsWaiting = () => props.test.before !== undefined && newResults.isWaiting(props.test.before)
  return (
    <Show when={!tellsWaiting() && props.test.change}>
      {change => (
        <span class={styles.change}>
          <Dynamic component={ICONS[change()]} size="1.1em" aria-hidden="true" />
          <span>{words()}</span>
        </span>
      )}
    </Show>
  )
}

/** Empty where nothing is certain. */
export function createChangeWords(test: () => TestGroup): () => string {
  const settings = useSettings()
  return () => {
    const { before, change } = test()
    if (before?.when === undefined || change === undefined) return ''
    const date = formatDate(before.when, language())
    if (change === 'same') return t('results.same', { date })
    return t(`results.${change}`, { value: isolated(valueWithoutPulse(before, settings())), date })
  }
}
