import { Show } from 'solid-js'
import type { ConditionFields, EntryId } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { NO_DATE } from '../../record/fhir-date.ts'
import { NoteField, SinceField, UntilField } from './common-fields.tsx'
import { createEntryForm } from './create-entry-form.ts'
import { type ConditionDraft, checkCondition, draftOfCondition } from './draft-condition.ts'
import { errorWords, FormFrame } from './form-frame.tsx'

const EMPTY: ConditionDraft = { name: '', clinicalStatus: 'active', since: NO_DATE, until: NO_DATE, note: '' }

export function ConditionForm(props: {
  readonly fields?: ConditionFields | undefined
  readonly id?: EntryId | undefined
}) {
  const initial = props.fields === undefined ? EMPTY : draftOfCondition(props.fields)
  const form = createEntryForm({ initial, id: props.id, check: checkCondition })
  return (
    <FormFrame form={form}>
      <TextField
        label={t('form.condition.name')}
        hint={t('form.condition.hint')}
        value={form.draft().name}
        onInput={name => form.change({ name })}
        error={errorWords(form.errorOf('name'))}
      />
      <RadioGroup
        label={t('form.condition.status')}
        value={form.draft().clinicalStatus}
        options={[
          { value: 'active', label: t('form.condition.active') },
          { value: 'remission', label: t('form.condition.remission') },
          { value: 'resolved', label: t('form.condition.resolved') },
        ]}
        onChange={clinicalStatus => form.change({ clinicalStatus })}
      />
      <SinceField form={form} />
      <Show when={form.draft().clinicalStatus !== 'active'}>
        <UntilField form={form} />
      </Show>
      <NoteField form={form} />
    </FormFrame>
  )
}
