import { Show, useContext } from 'solid-js'
import type { EntryId, MedicineFields } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { localDateTime, NO_DATE } from '../../record/fhir-date.ts'
import { NoteField, SinceField, UntilField } from './common-fields.tsx'
import { createEntryForm, type EntryForm } from './create-entry-form.ts'
import { checkMedicine, draftOfMedicine, type MedicineDraft, type MedicineField } from './draft-medicine.ts'
import { NO_SCHEDULE } from './draft-schedule.ts'
import { EntryDoorContext } from './entry-door.ts'
import { errorWords, FormFrame } from './form-frame.tsx'
import { MoreFields } from './more-fields.tsx'
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
  const isSaid = () => {
    const { reason, note, status, since, until } = form.draft()
    const isDated = [since, until].some(date => Object.values(date).some(part => part !== ''))
    return reason !== '' || note !== '' || isDated || (props.fields === undefined && status === 'stopped')
  }
  const isWrong = () => form.errorOf('since') !== undefined || form.errorOf('until') !== undefined
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
      <ScheduleFields
        schedule={form.draft().schedule}
        errorOf={field => errorWords(form.errorOf(field))}
        onChange={schedule => form.change({ schedule })}
      />
      <Show when={props.fields}>
        <StatusFields form={form} />
      </Show>
      <MoreFields summary={t('form.more')} isSaid={isSaid()} isWrong={isWrong()}>
        <Show when={props.fields === undefined}>
          <StatusFields form={form} />
        </Show>
        <TextField
          label={t('form.medicine.reason')}
          optional
          value={form.draft().reason}
          onInput={reason => form.change({ reason })}
        />
        <SinceField form={form} label={t('form.medicine.since')} />
        <UntilField form={form} label={t('form.medicine.until')} />
        <NoteField form={form} />
      </MoreFields>
    </FormFrame>
  )
}

/** First where a medicine is changed, as stopping is what it is changed for most; who adds one takes it. */
function StatusFields(props: { readonly form: EntryForm<MedicineDraft, MedicineField> }) {
  const isForOther = useContext(EntryDoorContext) !== undefined
  return (
    <>
      <RadioGroup
        label={t(isForOther ? 'form.medicine.status.other' : 'form.medicine.status')}
        value={props.form.draft().status}
        options={[
          { value: 'taking', label: t(isForOther ? 'form.medicine.taking.other' : 'form.medicine.taking') },
          { value: 'stopped', label: t(isForOther ? 'form.medicine.stopped.other' : 'form.medicine.stopped') },
        ]}
        onChange={status => props.form.change({ status })}
      />
      <Show when={props.form.draft().status === 'stopped'}>
        <TextField
          label={t('form.medicine.stoppedBecause')}
          optional
          value={props.form.draft().stoppedBecause}
          onInput={stoppedBecause => props.form.change({ stoppedBecause })}
        />
      </Show>
    </>
  )
}
