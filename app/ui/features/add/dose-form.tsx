import { Show } from 'solid-js'
import { DOSE_STATES, type DoseFields, type EntryId } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { NoteField } from './common-fields.tsx'
import { createEntryForm } from './create-entry-form.ts'
import { TakenFields } from './date-fields.tsx'
import { checkDose, draftOfDose } from './draft-dose.ts'
import { errorWords, FormFrame } from './form-frame.tsx'

/** A dose taken or left out: a new one of `fields`, or the entry `id`. */
export function DoseForm(props: {
  readonly fields: DoseFields
  readonly id?: EntryId | undefined
  /** Of a new one: where to go then. */
  readonly after?: string
  /** Of a new one: its medicine is private, and so is this. */
  readonly isPrivate?: boolean
}) {
  const form = createEntryForm({
    initial: draftOfDose(props.fields),
    id: props.id,
    check: draft => checkDose(draft, Date.now()),
    ...(props.after === undefined ? {} : { after: props.after }),
    isPrivate: props.isPrivate === true,
  })
  return (
    <FormFrame form={form} takesNoFiles>
      <p>
        <strong>
          <bdi>{props.fields.medicineName}</bdi>
        </strong>
      </p>
      <RadioGroup
        label={t('field.state')}
        value={form.draft().state}
        options={DOSE_STATES.map(value => ({ value, label: t(`dose.${value}`) }))}
        onChange={state => form.change({ state })}
      />
      <TextField
        label={t('field.amount')}
        inputMode="decimal"
        suffix={<bdi>{props.fields.unit}</bdi>}
        value={form.draft().amount}
        onInput={amount => form.change({ amount })}
        error={errorWords(form.errorOf('amount'))}
      />
      <TakenFields taken={form.draft().taken} errorOf={form.errorOf} onChange={taken => form.change({ taken })} />
      <Show when={form.draft().state === 'skipped'}>
        <TextField
          label={t('dose.why')}
          optional
          value={form.draft().reason}
          onInput={reason => form.change({ reason })}
        />
      </Show>
      <NoteField form={form} />
    </FormFrame>
  )
}
