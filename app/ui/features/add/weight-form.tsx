import { instant } from '#schema/instant.ts'
import type { EntryId, EntrySummary, WeightFields } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { TextField } from '../../parts/text-field.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { localDateTime } from '../../record/fhir-date.ts'
import { inUnits } from '../../record/units.ts'
import { useSession, useSettings } from '../../session.ts'
import { NoteField } from './common-fields.tsx'
import { createEntryForm } from './create-entry-form.ts'
import { TakenFields } from './date-fields.tsx'
import type { FieldError } from '../../record/entry-draft.ts'
import { checkWeight, draftOfWeight, type WeightDraft } from './draft-weight.ts'
import styles from './form.module.css'
import { errorWords, FormFrame } from './form-frame.tsx'

/** A year back is near enough to notice a slip of the finger. */
const LOOK_BACK_MS = 365 * 86_400_000

const always = () => true

export function WeightForm(props: { readonly fields?: WeightFields | undefined; readonly id?: EntryId | undefined }) {
  const session = useSession()
  const settings = useSettings()
  const latest = createAnswer(always, async () => {
    const now = Date.now()
    const readings = await session.readings('weight', instant(now - LOOK_BACK_MS), instant(now))
    return kilogramsOf(readings.toSorted((a, b) => (b.when?.sortAt ?? 0) - (a.when?.sortAt ?? 0))[0])
  })
  // The unit the draft is typed in: it stays while the form is open, whatever the settings become meanwhile.
  const units = settings().units
  const initial: WeightDraft =
    props.fields === undefined
      ? { weight: '', taken: localDateTime(new Date()), note: '' }
      : draftOfWeight(props.fields, units)
  const form = createEntryForm({
    initial,
    id: props.id,
    check: draft => checkWeight(draft, units, Date.now(), props.id === undefined ? latest() : undefined),
  })
  return (
    <FormFrame form={form}>
      <div class={styles.short}>
        <TextField
          label={t('form.weight')}
          value={form.draft().weight}
          onInput={weight => form.change({ weight })}
          inputMode="decimal"
          suffix={units === 'imperial' ? 'lb' : 'kg'}
          error={weightError(form.errorOf('weight'))}
        />
      </div>
      <TakenFields taken={form.draft().taken} errorOf={form.errorOf} onChange={taken => form.change({ taken })} />
      <NoteField form={form} />
    </FormFrame>
  )
}

function weightError(error: FieldError | undefined): string | undefined {
  return error === 'out-of-range' ? t('error.out-of-range.weight') : errorWords(error)
}

function kilogramsOf(entry: EntrySummary | undefined): number | undefined {
  if (entry?.value?.type !== 'quantity') return undefined
  const metric = inUnits(entry.value.quantity, 'metric')
  return metric.unit === 'kg' ? metric.value : undefined
}
