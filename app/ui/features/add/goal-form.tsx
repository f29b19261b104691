import { useSearchParams } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { unitsOf } from '#schema/codes/measures.ts'
import type { EntryId, GoalFields } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import field from '../../parts/field.module.css'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { NO_DATE } from '../../record/fhir-date.ts'
import { formatUnit } from '../../record/format-value.ts'
import { useSettings } from '../../session.ts'
import { NoteField, SinceField, UntilField } from './common-fields.tsx'
import { createEntryForm, type EntryForm } from './create-entry-form.ts'
import {
  checkGoal,
  draftOfGoal,
  GOAL_MEASURES,
  type GoalDraft,
  type GoalField,
  type GoalMeasure,
  goalUnit,
} from './draft-goal.ts'
import styles from './form.module.css'
import { errorWords, FormFrame } from './form-frame.tsx'

type Form = EntryForm<GoalDraft, GoalField>

const measureWords = (measure: GoalMeasure) =>
  measure === 'blood-pressure' || measure === 'weight' ? t(`kind.${measure}`) : t(`measure.${measure}`)

/** A band for a measure; `?measure=`, or `?name=` and `?unit=` of an own one, says which. */
export function GoalForm(props: { readonly fields?: GoalFields | undefined; readonly id?: EntryId | undefined }) {
  const settings = useSettings()
  const [asked] = useSearchParams<{ measure?: string; name?: string; unit?: string }>()
  const initial = (): GoalDraft => {
    if (props.fields !== undefined) return draftOfGoal(props.fields)
    const known = GOAL_MEASURES.find(each => each === asked.measure) ?? 'blood-pressure'
    const measure = asked.name === undefined ? known : 'own'
    const bounds = { low: '', high: '', secondLow: '', secondHigh: '' }
    const what = { measure, name: asked.name ?? '', unit: asked.unit ?? goalUnit(measure, settings()) }
    return { ...what, ...bounds, status: 'active', since: NO_DATE, until: NO_DATE, note: '' }
  }
  const form = createEntryForm<GoalDraft, GoalField>({ initial: initial(), id: props.id, check: checkGoal })
  return (
    <FormFrame form={form}>
      <Show when={!form.isEditing}>
        <SelectField
          label={t('form.goal.measure')}
          value={form.draft().measure}
          options={GOAL_MEASURES.map(value => ({ value, label: measureWords(value) }))}
          onChange={measure => form.change({ measure, unit: goalUnit(measure, settings()) })}
        />
      </Show>
      <Show when={form.draft().measure === 'own'}>
        <TextField
          label={t('form.goal.name')}
          value={form.draft().name}
          onInput={name => form.change({ name })}
          error={errorWords(form.errorOf('name'))}
        />
      </Show>
      <UnitField form={form} />
      <p class={field.hint}>{t('form.goal.hint')}</p>
      <Show when={form.draft().measure === 'blood-pressure'} fallback={<Band form={form} ends={['low', 'high']} />}>
        <Band form={form} ends={['low', 'high']} legend={t('form.goal.upper')} />
        <Band form={form} ends={['secondLow', 'secondHigh']} legend={t('form.goal.lower')} />
      </Show>
      <RadioGroup
        label={t('form.goal.status')}
        value={form.draft().status}
        options={[
          { value: 'active', label: t('form.goal.active') },
          { value: 'ended', label: t('form.goal.ended') },
        ]}
        onChange={status => form.change({ status })}
      />
      <SinceField form={form} />
      <Show when={form.draft().status === 'ended'}>
        <UntilField form={form} />
      </Show>
      <NoteField form={form} />
    </FormFrame>
  )
}

function UnitField(props: { readonly form: Form }) {
  const units = () => {
    const { measure } = props.form.draft()
    return measure === 'blood-pressure' || measure === 'own' ? [] : unitsOf(measure)
  }
  return (
    <>
      <Show when={units().length > 1}>
        <SelectField
          label={t('form.measure.unit')}
          value={props.form.draft().unit}
          options={units().map(({ code }) => ({ value: code, label: formatUnit(code) }))}
          onChange={unit => props.form.change({ unit })}
        />
      </Show>
      <Show when={props.form.draft().measure === 'own'}>
        <TextField
          label={t('form.measure.unit')}
          hint={t('form.measure.ownUnitHint')}
          optional
          value={props.form.draft().unit}
          onInput={unit => props.form.change({ unit })}
        />
      </Show>
    </>
  )
}

/** At least, at most. */
function Band(props: {
  readonly form: Form
  readonly ends: readonly ['low', 'high'] | readonly ['secondLow', 'secondHigh']
  readonly legend?: string
}) {
  return (
    <fieldset class={styles.reading}>
      <legend class={props.legend === undefined ? field.unseen : styles.legend}>
        {props.legend ?? measureWords(props.form.draft().measure)}
      </legend>
      <div class={styles.pair}>
        <For each={props.ends}>
          {(end, index) => (
            <TextField
              label={t(index() === 0 ? 'form.goal.low' : 'form.goal.high')}
              inputMode="decimal"
              value={props.form.draft()[end]}
              onInput={text => props.form.change({ [end]: text })}
              suffix={formatUnit(props.form.draft().unit)}
              error={errorWords(props.form.errorOf(end))}
            />
          )}
        </For>
      </div>
    </fieldset>
  )
}
