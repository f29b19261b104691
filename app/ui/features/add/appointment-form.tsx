import { Show } from 'solid-js'
import type { EntryId } from '#schema/record/entry.ts'
import type { AppointmentFields } from '#schema/record/plan-fields.ts'
import { t } from '../../language/language.ts'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { NoteField } from './common-fields.tsx'
import { createEntryForm } from './create-entry-form.ts'
import { TakenFields } from './date-fields.tsx'
import { checkAppointment, draftOfAppointment, emptyAppointment } from './draft-appointment.ts'
import { errorWords, FormFrame } from './form-frame.tsx'

/** Who is to be seen, where and when, and what to bring. */
export function AppointmentForm(props: {
  readonly fields?: AppointmentFields | undefined
  readonly id?: EntryId | undefined
}) {
  const initial = props.fields === undefined ? emptyAppointment() : draftOfAppointment(props.fields)
  const form = createEntryForm({ initial, id: props.id, check: checkAppointment })
  return (
    <FormFrame form={form}>
      <TextField
        label={t('field.appointmentName')}
        value={form.draft().name}
        onInput={name => form.change({ name })}
        error={errorWords(form.errorOf('name'))}
      />
      <TakenFields taken={form.draft().taken} errorOf={form.errorOf} onChange={taken => form.change({ taken })} />
      <TextField
        label={t('form.appointment.minutes')}
        inputMode="numeric"
        optional
        value={form.draft().minutes}
        onInput={minutes => form.change({ minutes })}
        error={errorWords(form.errorOf('minutes'))}
      />
      <TextField
        label={t('field.withWhom')}
        optional
        value={form.draft().withWhom}
        onInput={withWhom => form.change({ withWhom })}
      />
      <TextField
        label={t('field.place')}
        optional
        value={form.draft().place}
        onInput={place => form.change({ place })}
      />
      <TextField
        label={t('field.bring')}
        hint={t('form.appointment.bringHint')}
        optional
        multiline
        value={form.draft().bring}
        onInput={bring => form.change({ bring })}
      />
      <Show when={form.isEditing}>
        <RadioGroup
          label={t('form.appointment.state')}
          value={form.draft().status}
          options={(['booked', 'cancelled'] as const).map(value => ({
            value,
            label: t(`form.appointment.${value}`),
          }))}
          onChange={status => form.change({ status })}
        />
      </Show>
      <NoteField form={form} />
    </FormFrame>
  )
}
