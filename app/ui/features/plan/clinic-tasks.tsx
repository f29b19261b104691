import { createMemo, For, Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { createAnswer } from '../../record/create-answer.ts'
import { clinicSteps } from '../../record/plan/clinic-steps.ts'
import { readEntry } from '../../record/read-entry.ts'
import { titleOf } from '../../record/words.ts'
import { useRecordPath, useSession } from '../../session.ts'
import styles from './plan.module.css'

/** So many plans are read at most. */
const MOST_PLANS = 10

/** What plans of clinics say is to be done, as they say it: it is ticked there, not here. */
export function ClinicTasks(props: { readonly plans: readonly EntrySummary[] }) {
  const session = useSession()
  const to = useRecordPath()
  const ids = createMemo(() =>
    props.plans
      .filter(({ resourceType }) => resourceType === 'CarePlan')
      .slice(0, MOST_PLANS)
      .map(({ id }) => id)
      .join(' '),
  )
  const read = createAnswer(ids, async text => {
    const entries = await Promise.all(text.split(' ').map(id => readEntry(session, id)))
    return entries.flatMap(entry => {
      const steps = entry === undefined ? [] : clinicSteps(entry.original ?? '')
      return entry === undefined || steps.length === 0 ? [] : [{ plan: entry.summary, steps }]
    })
  })
  return (
    <Show when={ids() !== '' && (read() ?? []).length > 0}>
      <h3 class={styles.heading}>{t('task.clinic')}</h3>
      <For each={read()}>
        {({ plan, steps }) => (
          <div class={styles.lines}>
            <a href={to(`/entry/${plan.id}`)}>
              <bdi>{titleOf(plan)}</bdi>
            </a>
            <ul class={styles.steps}>
              <For each={steps}>
                {({ title, state }) => (
                  <li>
                    <bdi>{title}</bdi>
                    <Show when={state !== 'open' && state}>
                      {over => <span class={styles.soft}> · {t(`task.clinic.${over()}`)}</span>}
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          </div>
        )}
      </For>
    </Show>
  )
}
