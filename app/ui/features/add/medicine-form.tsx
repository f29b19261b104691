import { Show } from 'solid-js'
import type { EntryId, MedicineFields } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { localDateTime, NO_DATE } from '../../record/fhir-date.ts'
import { NoteField, SinceField, UntilField } from './common-fields.tsx'
import { createEntryForm } from './create-entry-form.ts'
import { checkMedicine, draftOfMedicine, type MedicineDraft } from './draft-medicine.ts'
import { NO_SCHEDULE } from './draft-schedule.ts'
import { errorWords, FormFrame } from './form-frame.tsx'
import { ScheduleFields } from './schedule-fields.tsx'

const EMPTY: MedicineDraft = {
  name: '',
  directions: '',
  reason: '',
  status: 'taking',
  since: NO_DATE,
  until: NO_DATE,
  note: '',
  schedule: NO_SCHEDULE,
  stoppedBecause: '',
}

export function MedicineForm(props: {
  readonly fields?: MedicineFields | undefined
  readonly id?: EntryId | undefined
}) {
  const initial = props.fields === undefined ? EMPTY : draftOfMedicine(props.fields)
  const form = createEntryForm({
    initial,
    id: props.id,
    check: draft => checkMedicine(draft, localDateTime(new Date()).date),
  })
  return (
    <FormFrame form={form}>
      <TextField
        label={t('form.medicine.name')}
        hint={t('form.medicine.nameHint')}
        value={form.draft().name}
        onInput={name => form.change({ name })}
        error={errorWords(form.errorOf('name'))}
      />
      <TextField
        label={t('form.medicine.directions')}
        hint={t('form.medicine.directionsHint')}
        optional
        value={form.draft().directions}
        onInput={directions => form.change({ directions })}
      />
      <TextField
        label={t('form.medicine.reason')}
        optional
        value={form.draft().reason}
        onInput={reason => form.change({ reason })}
      />
      <ScheduleFields
        schedule={form.draft().schedule}
        errorOf={field => errorWords(form.errorOf(field))}
        onChange={schedule => form.change({ schedule })}
      />
      <RadioGroup
        label={t('form.medicine.status')}
        value={form.draft().status}
        options={[
          { value: 'taking', label: t('form.medicine.taking') },
          { value: 'stopped', label: t('form.medicine.stopped') },
        ]}
        onChange={status => form.change({ status })}
      />
      <Show when={form.draft().status === 'stopped'}>
        <TextField
          label={t('form.medicine.stoppedBecause')}
          optional
          value={form.draft().stoppedBecause}
          onInput={stoppedBecause => form.change({ stoppedBecause })}
        />
      </Show>
      <SinceField form={form} label={t('form.medicine.since')} />
      <UntilField form={form} label={t('form.medicine.until')} />
      <NoteField form={form} />
    </FormFrame>
  )
}
