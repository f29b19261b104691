import Eye from 'lucide-solid/icons/eye'
import { onMount, Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { shortSourceOf, whenOf } from '../words.ts'
import { explainedTestOf } from './explained-tests.ts'
import { Explanation } from './explanation.tsx'
import styles from './explain.module.css'

/** What the test is, and its new result after one press. Where there is no explanation, nothing stands before the result. */
export function ResultFirst(props: { readonly entry: EntrySummary; readonly onShow: () => void }) {
  return (
    <Show when={explainedTestOf(props.entry.codes)} fallback={<AtOnce onShow={props.onShow} />}>
      {test => (
        <Card>
          <p class={styles.soft}>
            {whenOf(props.entry, 'long')} · <bdi>{shortSourceOf(props.entry.source)}</bdi>
          </p>
          <p>{t('first.about')}</p>
          <div>
            <Button tone="primary" icon={<Eye size="1.2rem" />} onClick={() => props.onShow()}>
              {t('first.show')}
            </Button>
          </div>
          <Explanation test={test()} />
          <p class={styles.soft}>{t('first.off')}</p>
        </Card>
      )}
    </Show>
  )
}

function AtOnce(props: { readonly onShow: () => void }) {
  onMount(() => props.onShow())
  return <output>{t('app.loading')}</output>
}
