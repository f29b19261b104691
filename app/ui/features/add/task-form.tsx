import { For, Show } from 'solid-js'
import { WEEKDAYS } from '#schema/medicines/schedule.ts'
import type { EntryId } from '#schema/record/entry.ts'
import type { TaskFields } from '#schema/record/plan-fields.ts'
import { t } from '../../language/language.ts'
import { CheckField } from '../../parts/check-field.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { localDateTime } from '../../record/fhir-date.ts'
import { weekdayWords } from '../../record/medicines/schedule-words.ts'
import { NoteField } from './common-fields.tsx'
import { createEntryForm, type EntryForm } from './create-entry-form.ts'
import { checkTask, draftOfTask, emptyTask, REPEATS, type TaskDraft, type TaskField } from './draft-task.ts'
import styles from './form.module.css'
import { errorWords, FormFrame } from './form-frame.tsx'

type Form = EntryForm<TaskDraft, TaskField>

const LABELS = {
  once: 'form.task.once',
  daily: 'form.schedule.daily',
  weekdays: 'form.schedule.weekdays',
  every: 'form.schedule.every',
  monthly: 'form.task.monthly',
} as const satisfies Record<TaskDraft['repeat'], string>

/** Something to do, once or again and again. */
export function TaskForm(props: { readonly fields?: TaskFields | undefined; readonly id?: EntryId | undefined }) {
  const initial = props.fields === undefined ? emptyTask(localDateTime(new Date()).date) : draftOfTask(props.fields)
  const form: Form = createEntryForm({ initial, id: props.id, check: checkTask })
  return (
    <FormFrame form={form}>
      <TextField
        label={t('field.taskName')}
        value={form.draft().title}
        onInput={title => form.change({ title })}
        error={errorWords(form.errorOf('title'))}
      />
      <SelectField
        label={t('form.task.repeat')}
        value={form.draft().repeat}
        options={REPEATS.map(value => ({ value, label: t(LABELS[value]) }))}
        onChange={repeat => form.change({ repeat })}
        error={errorWords(form.errorOf('weekdays'))}
      />
      <DaysFields form={form} />
      <div class={styles.pair}>
        <TextField
          label={t(form.draft().repeat === 'once' ? 'form.task.day' : 'form.task.from')}
          type="date"
          value={form.draft().from}
          onInput={from => form.change({ from })}
          error={errorWords(form.errorOf('from'))}
        />
        <TextField
          label={t('form.task.time')}
          hint={t('form.task.timeHint')}
          type="time"
          optional
          value={form.draft().time}
          onInput={time => form.change({ time })}
          error={errorWords(form.errorOf('time'))}
        />
      </div>
      <Show when={form.draft().repeat !== 'once'}>
        <TextField
          label={t('form.task.until')}
          type="date"
          optional
          value={form.draft().until}
          onInput={until => form.change({ until })}
          error={errorWords(form.errorOf('until'))}
        />
      </Show>
      <Show when={form.isEditing}>
        <RadioGroup
          label={t('form.task.state')}
          value={form.draft().status}
          options={(['active', 'ended'] as const).map(value => ({ value, label: t(`form.task.${value}`) }))}
          onChange={status => form.change({ status })}
        />
      </Show>
      <NoteField form={form} />
    </FormFrame>
  )
}

function DaysFields(props: { readonly form: Form }) {
  const draft = () => props.form.draft()
  const isOn = (day: (typeof WEEKDAYS)[number]) => draft().weekdays.includes(day)
  return (
    <>
      <Show when={draft().repeat === 'weekdays'}>
        <div class={styles.pair}>
          <For each={WEEKDAYS}>
            {day => (
              <CheckField
                label={weekdayWords(day)}
                checked={isOn(day)}
                onChange={chosen =>
                  props.form.change({ weekdays: WEEKDAYS.filter(each => (each === day ? chosen : isOn(each))) })
                }
              />
            )}
          </For>
        </div>
      </Show>
      <Show when={draft().repeat === 'every'}>
        <TextField
          label={t('form.schedule.everyDays')}
          inputMode="numeric"
          value={draft().every}
          onInput={every => props.form.change({ every })}
          error={errorWords(props.form.errorOf('every'))}
        />
      </Show>
      <Show when={draft().repeat === 'monthly'}>
        <p class={styles.about}>{t('form.task.monthlyHint')}</p>
      </Show>
    </>
  )
}
