import type { EntryId, MedicineFields } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { NO_DATE } from '../../record/fhir-date.ts'
import { NoteField, SinceField, UntilField } from './common-fields.tsx'
import { createEntryForm } from './create-entry-form.ts'
import { checkMedicine, draftOfMedicine, type MedicineDraft } from './draft-medicine.ts'
import { errorWords, FormFrame } from './form-frame.tsx'

const EMPTY: MedicineDraft = {
  name: '',
  directions: '',
  reason: '',
  status: 'taking',
  since: NO_DATE,
  until: NO_DATE,
  note: '',
}

export function MedicineForm(props: {
  readonly fields?: MedicineFields | undefined
  readonly id?: EntryId | undefined
}) {
  const initial = props.fields === undefined ? EMPTY : draftOfMedicine(props.fields)
  const form = createEntryForm({ initial, id: props.id, check: checkMedicine })
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
      <RadioGroup
        label={t('form.medicine.status')}
        value={form.draft().status}
        options={[
          { value: 'taking', label: t('form.medicine.taking') },
          { value: 'stopped', label: t('form.medicine.stopped') },
        ]}
        onChange={status => form.change({ status })}
      />
      <SinceField form={form} />
      <UntilField form={form} />
      <NoteField form={form} />
    </FormFrame>
  )
}
