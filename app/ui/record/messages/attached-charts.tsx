import X from 'lucide-solid/icons/x'
import { For, Show } from 'solid-js'
import type { GivenChart } from '#app/core/message-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { ChartCard } from './chart-card.tsx'
import styles from './messages.module.css'

/** Charts that go along with what is being written; `about`: what whoever gets it sees of them. */
export function AttachedCharts(props: {
  readonly charts: readonly GivenChart[]
  readonly about: string
  readonly onChange: (charts: readonly GivenChart[]) => void
}) {
  return (
    <Show when={props.charts.length > 0}>
      <section class={styles.attached} aria-label={t('chart.goesAlong')}>
        <h2 class={styles.attachedTitle}>{t('chart.goesAlong')}</h2>
        <For each={props.charts}>
          {given => (
            <div class={styles.attachedOne}>
              <ChartCard chart={given.chart} />
              <p class={styles.soft}>{props.about}</p>
              <div>
                <Button
                  tone="plain"
                  icon={<X size="1.2rem" />}
                  onClick={() => props.onChange(props.charts.filter(one => one !== given))}
                >
                  {t('message.takeOff')}
                </Button>
              </div>
            </div>
          )}
        </For>
      </section>
    </Show>
  )
}
