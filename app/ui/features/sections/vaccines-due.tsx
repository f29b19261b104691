import { createMemo, For, Show } from 'solid-js'
import type { TimelineOverview } from '#app/core/session.ts'
import { vaccinesDue } from '#app/core/exchange/report/vaccines-due.ts'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { fieldValue } from '../../record/field-words.ts'
import { isolated } from '../../language/isolated.ts'
import { readEntry } from '../../record/read-entry.ts'
import { shortSourceOf, whenOf } from '../../record/words.ts'
import { createWatch, useRecordPath, useSession } from '../../session.ts'
import styles from './record.module.css'

/** More recommendations than this no person has of all their sources. */
const MOST = 20
const PLANS = { kinds: ['care-plan'], sections: ['plans'] } as const

/** What sources say is due, each with who said it and when: the app knows no calendar of vaccinations of its own. */
export function VaccinesDue() {
  const session = useSession()
  const to = useRecordPath()
  const overview = createWatch<TimelineOverview>(listener => session.watchTimeline(PLANS, listener))
  const told = createAnswer(
    () => overview()?.version,
    async () => {
      const plans = await session.timelineRows(PLANS, 0, overview()?.total ?? 0)
      const recommended = plans.filter(plan => plan.resourceType === 'ImmunizationRecommendation').slice(0, MOST)
      const entries = await Promise.all(recommended.map(plan => readEntry(session, plan.id)))
      return entries.flatMap(entry => {
        const due = vaccinesDue(entry?.original ?? '')
        return entry === undefined || due.length === 0 ? [] : [{ summary: entry.summary, due }]
      })
    },
  )
  const list = createMemo(() => told() ?? [])
  return (
    <Show when={list().length > 0}>
      <Card title={t('vaccines.due')}>
        <p class={styles.soft}>{t('vaccines.text')}</p>
        <For each={list()}>
          {({ summary, due }) => (
            <>
              <ul class={styles.due}>
                <For each={due}>
                  {one => (
                    <li>
                      <strong dir="auto">{one.vaccine}</strong>{' '}
                      <Show when={one.status}>{status => <bdi>{status()}</bdi>}</Show>{' '}
                      <Show when={one.due ?? one.earliest}>
                        {day => (
                          <span class={styles.soft}>
                            {t(one.due === undefined ? 'vaccines.earliest' : 'vaccines.on', {
                              date: fieldValue('date', day(), 'metric'),
                            })}
                          </span>
                        )}
                      </Show>
                    </li>
                  )}
                </For>
              </ul>
              <p class={styles.soft}>
                <a href={to(`/entry/${summary.id}`)}>
                  {t('vaccines.said', { source: isolated(shortSourceOf(summary.source)), date: whenOf(summary) })}
                </a>
              </p>
            </>
          )}
        </For>
      </Card>
    </Show>
  )
}
