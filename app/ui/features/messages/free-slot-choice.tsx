import { For, Show } from 'solid-js'
import type { FreeSlot, RequestPlace } from '#app/core/request-session.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { timeWords } from '../../record/plan/appointment-words.ts'
import { useRecordPath } from '../../session.ts'
import styles from '../../record/messages/messages.module.css'
import { takenWords } from './taken-words.ts'

/** Of somebody's free times, those that they offer; what another patient chose or has is said, and not offered. */
export function FreeSlotChoice(props: {
  readonly slots: readonly FreeSlot[]
  /** What it itself has does not count as taken. */
  readonly request: RequestPlace
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
}) {
  const to = useRecordPath()
  const choose = (startsAt: string, isChosen: boolean) => {
    const chosen = new Set(props.chosen)
    if (isChosen) chosen.add(startsAt)
    else chosen.delete(startsAt)
    props.onChange(chosen)
  }
  return (
    <Show
      when={props.slots.length > 0}
      fallback={
        <div>
          <LinkButton href={to('/messages/free-times')}>{t('slots.manage')}</LinkButton>
        </div>
      }
    >
      <fieldset class={styles.recipients}>
        <legend>{t('slots.yours')}</legend>
        <KeyedFor each={props.slots} keyOf={one => one.startsAt}>
          {slot => (
            <Show
              when={takenByOthers(slot(), props.request).length === 0}
              fallback={
                <p class={styles.soft}>
                  {timeWords(slot())}{' '}
                  <For each={takenByOthers(slot(), props.request)}>
                    {who => <span class={styles.tag}>{takenWords(who)}</span>}
                  </For>
                </p>
              }
            >
              <CheckField
                label={timeWords(slot())}
                checked={props.chosen.has(slot().startsAt)}
                onChange={isChosen => choose(slot().startsAt, isChosen)}
              />
            </Show>
          )}
        </KeyedFor>
      </fieldset>
    </Show>
  )
}

export const takenByOthers = ({ taken }: FreeSlot, { requestId }: RequestPlace) =>
  taken.filter(who => who.requestId !== requestId)
