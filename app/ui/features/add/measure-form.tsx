import { useSearchParams } from '@solidjs/router'
import { Show } from 'solid-js'
import { TYPED_MEASURES, type TypedMeasure, unitsOf } from '#schema/codes/measures.ts'
import { type EntryId, MEAL_CONTEXTS, type MeasureFields } from '#schema/record/entry.ts'
import { formatNumber } from '../../language/format.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { localDateTime } from '../../record/fhir-date.ts'
import { formatUnit } from '../../record/format-value.ts'
import { useRecordRights, useSettings } from '../../session.ts'
import { NoteField } from './common-fields.tsx'
import { createEntryForm, type EntryForm } from './create-entry-form.ts'
import { TakenFields } from './date-fields.tsx'
import {
  checkMeasure,
  draftOfMeasure,
  limitsOf,
  type MeasureDraft,
  type MeasureField,
  usualUnit,
} from './draft-measure.ts'
import styles from './form.module.css'
import { errorWords, FormFrame } from './form-frame.tsx'

type Form = EntryForm<MeasureDraft, MeasureField>

const HINTS: Readonly<Partial<Record<MeasureDraft['measure'], PlainKey>>> = {
  mood: 'form.measure.moodHint',
  pain: 'form.measure.painHint',
  sleep: 'form.measure.sleepHint',
}

/** A value of one of many measures, or of one's own. `?measure=` chooses one, `?name=` and `?unit=` an own one. */
export function MeasureForm(props: { readonly fields?: MeasureFields | undefined; readonly id?: EntryId | undefined }) {
  const settings = useSettings()
  const [asked] = useSearchParams<{ measure?: string; name?: string; unit?: string }>()
  const initial = () => {
    if (props.fields !== undefined) return draftOfMeasure(props.fields)
    const measure =
      asked.name === undefined ? (TYPED_MEASURES.find(each => each === asked.measure) ?? 'glucose') : 'own'
    const own = { name: asked.name ?? '', unit: asked.unit ?? usualUnit(measure, settings()) }
    return { measure, value: '', ...own, context: '', taken: localDateTime(new Date()), note: '' } as const
  }
  const form = createEntryForm<MeasureDraft, MeasureField>({
    initial: initial(),
    id: props.id,
    check: draft => checkMeasure(draft, Date.now()),
  })
  return (
    <FormFrame form={form}>
      <Show when={!form.isEditing}>
        <MeasureChoice form={form} />
      </Show>
      <Show when={form.draft().measure === 'own'}>
        <TextField
          label={t('form.measure.name')}
          hint={t('form.measure.nameHint')}
          value={form.draft().name}
          onInput={name => form.change({ name })}
          error={errorWords(form.errorOf('name'))}
        />
      </Show>
      <ValueFields form={form} />
      <Show when={form.draft().measure === 'glucose'}>
        <SelectField
          label={t('form.measure.context')}
          value={form.draft().context}
          options={[
            { value: '', label: t('form.unstated') },
            ...MEAL_CONTEXTS.map(value => ({ value, label: t(`context.${value}`) })),
          ]}
          onChange={context => form.change({ context })}
        />
      </Show>
      <TakenFields taken={form.draft().taken} errorOf={form.errorOf} onChange={taken => form.change({ taken })} />
      <NoteField form={form} />
    </FormFrame>
  )
}

function MeasureChoice(props: { readonly form: Form }) {
  const settings = useSettings()
  const { hasSection } = useRecordRights()
  const offered = () => TYPED_MEASURES.filter(measure => hasSection(measure === 'glucose' ? 'results' : 'vitals'))
  const nameOf = (measure: TypedMeasure | 'own') => t(`measure.${measure}`)
  return (
    <SelectField
      label={t('form.measure')}
      value={props.form.draft().measure}
      options={[...offered(), ...(hasSection('vitals') ? (['own'] as const) : [])].map(value => ({
        value,
        label: nameOf(value),
      }))}
      onChange={measure => props.form.change({ measure, unit: usualUnit(measure, settings()) })}
    />
  )
}

/** The number and its unit: to choose where it is given in several. */
function ValueFields(props: { readonly form: Form }) {
  const draft = () => props.form.draft()
  const units = () => {
    const { measure } = draft()
    return measure === 'own' ? [] : unitsOf(measure)
  }
  const hint = () => {
    const key = HINTS[draft().measure]
    return key && t(key)
  }
  const error = () => {
    const found = props.form.errorOf('value')
    const limits = limitsOf(draft())
    if (found !== 'out-of-range' || limits === undefined) return errorWords(found)
    const [from, to] = limits.possible.map(limit => formatNumber(limit))
    return t('error.out-of-range.measure', { from: from ?? '', to: to ?? '', unit: formatUnit(limits.code) })
  }
  return (
    <div class={styles.pair}>
      <TextField
        label={t('form.measure.value')}
        hint={hint()}
        value={draft().value}
        onInput={value => props.form.change({ value })}
        inputMode={draft().measure === 'sleep' ? 'text' : 'decimal'}
        suffix={units().length === 1 ? formatUnit(draft().unit) : undefined}
        error={error()}
      />
      <Show when={units().length > 1}>
        <SelectField
          label={t('form.measure.unit')}
          value={draft().unit}
          options={units().map(({ code }) => ({ value: code, label: formatUnit(code) }))}
          onChange={unit => props.form.change({ unit })}
        />
      </Show>
      <Show when={draft().measure === 'own'}>
        <TextField
          label={t('form.measure.unit')}
          hint={t('form.measure.ownUnitHint')}
          optional
          value={draft().unit}
          onInput={unit => props.form.change({ unit })}
        />
      </Show>
    </div>
  )
}
