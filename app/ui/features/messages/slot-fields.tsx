import Plus from 'lucide-solid/icons/plus'
import X from 'lucide-solid/icons/x'
import { Show } from 'solid-js'
import { MAX_SLOTS } from '#schema/requests/appointment.ts'
import { t } from '../../language/language.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { isEmptySlot, isWholeSlot, type SlotDraft } from './draft-slots.ts'
import styles from '../../record/messages/messages.module.css'

/** Times that are offered, a day and an hour each. */
export function SlotFields(props: {
  readonly slots: readonly SlotDraft[]
  /** Of those that are half there. */
  readonly isTried: boolean
  /** They were offered by somebody who has no Wellkeep. */
  readonly isTold: boolean
  /** One at least must be typed. */
  readonly needed: boolean
  /** Left out: as many as go along. */
  readonly most?: number | undefined
  readonly onChange: (slots: readonly SlotDraft[]) => void
}) {
  const change = (key: number, changed: Partial<SlotDraft>) =>
    props.onChange(props.slots.map(one => (one.key === key ? { ...one, ...changed } : one)))
  const error = (slot: SlotDraft, value: string) => {
    const isWanted = !isEmptySlot(slot) || (props.needed && props.slots.every(isEmptySlot))
    return props.isTried && isWanted && !isWholeSlot(slot) && value === '' ? t('request.needed') : undefined
  }
  const numberOf = ({ key }: SlotDraft) => 1 + props.slots.findIndex(one => one.key === key)
  const add = () => {
    const [last, key] = [props.slots.at(-1), 1 + Math.max(0, ...props.slots.map(one => one.key))]
    props.onChange([...props.slots, { key, date: last?.date ?? '', time: '' }])
  }
  return (
    <fieldset class={styles.recipients}>
      <legend>{t(props.isTold ? 'appointment.times.told' : 'appointment.times')}</legend>
      <KeyedFor each={props.slots} keyOf={one => String(one.key)}>
        {slot => (
          <div class={styles.slot} role="group" aria-label={t('appointment.timeNumber', { number: numberOf(slot()) })}>
            <TextField
              label={t('appointment.day')}
              type="date"
              value={slot().date}
              error={error(slot(), slot().date)}
              onInput={date => change(slot().key, { date })}
            />
            <TextField
              label={t('appointment.hour')}
              type="time"
              value={slot().time}
              error={error(slot(), slot().time)}
              onInput={time => change(slot().key, { time })}
            />
            <Show when={props.slots.length > 1}>
              <IconButton
                label={t('appointment.removeTime', { number: numberOf(slot()) })}
                onClick={() => props.onChange(props.slots.filter(one => one.key !== slot().key))}
              >
                <X size="1.2rem" />
              </IconButton>
            </Show>
          </div>
        )}
      </KeyedFor>
      <Show when={props.slots.length < (props.most ?? MAX_SLOTS)}>
        <div>
          <Button icon={<Plus size="1.2rem" />} onClick={add}>
            {t('appointment.another')}
          </Button>
        </div>
      </Show>
    </fieldset>
  )
}
