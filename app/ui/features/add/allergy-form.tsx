import type { AllergyFields, EntryId } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { NO_DATE } from '../../record/fhir-date.ts'
import { NoteField, SinceField } from './common-fields.tsx'
import { createEntryForm } from './create-entry-form.ts'
import { type AllergyDraft, checkAllergy, draftOfAllergy } from './draft-allergy.ts'
import { errorWords, FormFrame } from './form-frame.tsx'

const EMPTY: AllergyDraft = { substance: '', reaction: '', severity: '', since: NO_DATE, note: '' }

export function AllergyForm(props: { readonly fields?: AllergyFields | undefined; readonly id?: EntryId | undefined }) {
  const initial = props.fields === undefined ? EMPTY : draftOfAllergy(props.fields)
  const form = createEntryForm({ initial, id: props.id, check: checkAllergy })
  return (
    <FormFrame form={form}>
      <TextField
        label={t('form.allergy.substance')}
        hint={t('form.allergy.substanceHint')}
        value={form.draft().substance}
        onInput={substance => form.change({ substance })}
        error={errorWords(form.errorOf('substance'))}
      />
      <TextField
        label={t('form.allergy.reaction')}
        hint={t('form.allergy.reactionHint')}
        optional
        value={form.draft().reaction}
        onInput={reaction => form.change({ reaction })}
      />
      <RadioGroup
        label={t('form.allergy.severity')}
        value={form.draft().severity === '' ? 'unknown' : form.draft().severity}
        options={[
          { value: 'mild', label: t('form.allergy.mild') },
          { value: 'moderate', label: t('form.allergy.moderate') },
          { value: 'severe', label: t('form.allergy.severe') },
          { value: 'unknown', label: t('form.allergy.unknown') },
        ]}
        onChange={chosen => form.change({ severity: chosen === 'unknown' ? '' : chosen })}
      />
      <SinceField form={form} />
      <NoteField form={form} />
    </FormFrame>
  )
}
