import { For, Match, Show, Switch } from 'solid-js'
import { CVX_NAMES } from '#schema/codes/cvx.ts'
import type { FieldSpec } from '#schema/record/described/field-spec.ts'
import { DESCRIBED, type DescribedFields, type DescribedKind } from '#schema/record/described/kinds.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { formatNumber } from '../../language/format.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { CheckField } from '../../parts/check-field.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import type { FieldError } from '../../record/entry-draft.ts'
import { localDateTime } from '../../record/fhir-date.ts'
import { fieldLabel, fieldValue } from '../../record/field-words.ts'
import { createEntryForm, type EntryForm } from './create-entry-form.ts'
import { checkDescribed, dateIn, type DescribedDraft, draftOfDescribed, isAsked, textIn } from './draft-described.ts'
import styles from './form.module.css'
import { errorWords, FormFrame } from './form-frame.tsx'
import { PartialDateField } from './partial-date-field.tsx'

const HINTS: Readonly<Record<string, PlainKey>> = {
  'immunization.vaccine': 'field.vaccine.hint',
  'immunization.doseNumber': 'field.doseNumber.hint',
  'device.udi': 'field.udi.hint',
  'visit.name': 'field.visitName.hint',
  'lab-result.result': 'field.result.hint',
  'lab-result.unit': 'field.resultUnit.hint',
  'family-member.illness': 'field.illness.hint',
  'care-team-member.role': 'field.role.hint',
}

const SUGGESTED: Readonly<Record<string, PlainKey>> = {
  'family-member.relative': 'suggest.relatives',
  'directive.name': 'suggest.directives',
  'functional-status.name': 'suggest.functions',
}

const VACCINES = Object.values(CVX_NAMES)

function suggestionsFor(kind: DescribedKind, field: string): readonly string[] | undefined {
  if (kind === 'immunization' && field === 'vaccine') return VACCINES
  const key = SUGGESTED[`${kind}.${field}`]
  return key === undefined ? undefined : t(key).split(/[,،、] ?/)
}

const wordsFor = (field: string, value: string) => fieldValue(field, value, 'metric')

/** The form of a kind that a table describes: its fields in their order, each as its type has it. */
export function DescribedForm(props: {
  readonly kind: DescribedKind
  readonly fields?: DescribedFields | undefined
  readonly id?: EntryId | undefined
}) {
  const context = { kind: props.kind, before: props.fields, wordsFor, today: localDateTime(new Date()).date }
  const form = createEntryForm<DescribedDraft, string>({
    initial: draftOfDescribed(props.kind, props.fields),
    id: props.id,
    check: draft => checkDescribed(draft, context),
  })
  const fields = Object.entries<FieldSpec>(DESCRIBED[props.kind])
  return (
    <FormFrame form={form}>
      <For each={fields}>
        {([field, spec]) => (
          <Show when={isAsked(props.kind, field, form.draft())}>
            <Field kind={props.kind} field={field} spec={spec} form={form} />
          </Show>
        )}
      </For>
    </FormFrame>
  )
}

interface FieldProps {
  readonly kind: DescribedKind
  readonly field: string
  readonly spec: FieldSpec
  readonly form: EntryForm<DescribedDraft, string>
}

function Field(props: FieldProps) {
  return (
    <Switch fallback={<Line {...props} />}>
      <Match when={props.spec.type === 'choice' && props.spec.of}>{of => <Choice {...props} of={of()} />}</Match>
      <Match when={props.spec.type === 'date'}>
        <PartialDateField
          label={fieldLabel(props.field, props.kind)}
          value={dateIn(props.form.draft(), props.field)}
          error={props.form.errorOf(props.field)}
          required={props.spec.isRequired === true}
          onChange={value => props.form.change({ [props.field]: value })}
        />
      </Match>
      <Match when={props.spec.type === 'number'}>
        <div class={styles.short}>
          <Line {...props} />
        </div>
      </Match>
    </Switch>
  )
}

function Line(props: FieldProps) {
  const hint = () => {
    const key = HINTS[`${props.kind}.${props.field}`]
    return key && t(key)
  }
  return (
    <TextField
      label={fieldLabel(props.field, props.kind)}
      hint={hint()}
      optional={!isNeeded(props)}
      multiline={props.spec.type === 'words'}
      value={textIn(props.form.draft(), props.field)}
      onInput={value => props.form.change({ [props.field]: value })}
      error={wrongWords(props.form.errorOf(props.field), props.spec)}
      suggestions={suggestionsFor(props.kind, props.field)}
      inputMode={props.spec.type === 'number' ? 'decimal' : 'text'}
      {...(props.spec.type === 'text' ? { maxLength: 300 } : {})}
    />
  )
}

/** Yes or nothing is a tick; of several the platform's own list. */
function Choice(props: FieldProps & { readonly of: readonly string[] }) {
  const value = () => textIn(props.form.draft(), props.field)
  const change = (chosen: string) => props.form.change({ [props.field]: chosen })
  const none = () => t(isNeeded(props) ? 'form.choose' : 'form.notSaid')
  return (
    <Show
      when={props.of.length > 1}
      fallback={
        <CheckField
          label={fieldLabel(props.field, props.kind)}
          checked={value() !== ''}
          onChange={isOn => change(isOn ? (props.of[0] ?? '') : '')}
        />
      }
    >
      <SelectField
        label={fieldLabel(props.field, props.kind)}
        value={value()}
        options={[
          { value: '', label: none() },
          ...props.of.map(each => ({ value: each, label: wordsFor(props.field, each) })),
        ]}
        onChange={change}
        error={wrongWords(props.form.errorOf(props.field), props.spec)}
      />
    </Show>
  )
}

/** Of a pregnancy the rules say more than the table. */
const isNeeded = ({ kind, field, spec }: FieldProps) =>
  spec.isRequired === true || (kind === 'pregnancy' && (field === 'pregnant' || field === 'count'))

function wrongWords(error: FieldError | undefined, spec: FieldSpec): string | undefined {
  if (error !== 'out-of-range' || spec.type !== 'number') return errorWords(error)
  return t('error.number-between', { from: formatNumber(spec.min), to: formatNumber(spec.max) })
}
