import Plus from 'lucide-solid/icons/plus'
import { For, Index, Show } from 'solid-js'
import type { BloodPressureFields, EntryId } from '#schema/record/entry.ts'
import { language, t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import field from '../../parts/field.module.css'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { localDateTime } from '../../record/fhir-date.ts'
import { formatValue } from '../../record/format-value.ts'
import { createEntryForm } from './create-entry-form.ts'
import { TakenFields } from './date-fields.tsx'
import {
  type BloodPressureDraft,
  checkBloodPressure,
  draftOfBloodPressure,
  hasField,
  meanOfReadings,
  NO_READING,
  parseReadingText,
  type ReadingDraft,
} from '../../record/pressure-draft.ts'
import type { FieldError } from '../../record/entry-draft.ts'
import styles from './form.module.css'
import { errorWords, FormFrame } from './form-frame.tsx'

export function BloodPressureForm(props: {
  readonly fields?: BloodPressureFields | undefined
  readonly id?: EntryId | undefined
}) {
  // The page shows another form for another entry: what it starts with is read once.
  const form = createBloodPressureForm(props.fields, props.id)
  const mean = () => meanOfReadings(form.draft().readings)
  const uppers: (HTMLElement | undefined)[] = []
  const addSecond = () => {
    form.change({ readings: [...form.draft().readings, NO_READING] })
    uppers[1]?.focus()
  }
  return (
    <FormFrame form={form}>
      <Index each={form.draft().readings}>
        {(reading, index) => (
          <ReadingFields
            legend={
              form.draft().readings.length === 1
                ? undefined
                : t(index === 0 ? 'form.reading.first' : 'form.reading.second')
            }
            hint={index === 0 && !form.isEditing}
            reading={reading()}
            errorOf={field => form.errorOf(`${index}.${field}`)}
            onChange={next =>
              form.change({ readings: form.draft().readings.map((old, at) => (at === index ? next : old)) })
            }
            upperRef={element => {
              uppers[index] = element
            }}
          />
        )}
      </Index>
      <Show when={mean()}>
        {pair => (
          <output class={styles.mean}>
            {t('form.reading.mean', {
              value: formatValue({ type: 'blood-pressure', ...pair() }, 'metric', language()),
            })}
          </output>
        )}
      </Show>
      <Show when={!form.isEditing}>
        <div>
          <SecondReadingButton
            isThere={form.draft().readings.length > 1}
            onAdd={addSecond}
            onRemove={() => form.change({ readings: form.draft().readings.slice(0, 1) })}
          />
        </div>
      </Show>
      <TakenFields taken={form.draft().taken} errorOf={form.errorOf} onChange={taken => form.change({ taken })} />
      <details class={styles.more} open={form.isEditing}>
        <summary>{t('form.more')}</summary>
        <Circumstances draft={form.draft()} onChange={part => form.change(part)} />
      </details>
    </FormFrame>
  )
}

function createBloodPressureForm(fields: BloodPressureFields | undefined, id: EntryId | undefined) {
  const initial: BloodPressureDraft =
    fields === undefined
      ? { readings: [NO_READING], taken: localDateTime(new Date()), arm: '', posture: '', medicine: '', note: '' }
      : draftOfBloodPressure(fields)
  return createEntryForm({ initial, id, had: hasField, check: draft => checkBloodPressure(draft, Date.now()) })
}

function SecondReadingButton(props: {
  readonly isThere: boolean
  readonly onAdd: () => void
  readonly onRemove: () => void
}) {
  // One button for both: who takes the second one away keeps the focus.
  return (
    <Button
      tone="plain"
      icon={
        <Show when={!props.isThere}>
          <Plus />
        </Show>
      }
      onClick={() => (props.isThere ? props.onRemove() : props.onAdd())}
    >
      {t(props.isThere ? 'form.reading.removeSecond' : 'form.reading.addSecond')}
    </Button>
  )
}

const FIELDS = ['systolic', 'diastolic', 'pulse'] as const

/** A number that is followed by a stroke or a space is finished: on to the next box. */
const FINISHED = /^\s*([^\s/.,-]{2,3})[\s/.,-]+$/

/** Three numbers, which may also come in one paste. */
function ReadingFields(props: {
  readonly legend: string | undefined
  readonly hint: boolean
  readonly reading: ReadingDraft
  readonly errorOf: (field: 'systolic' | 'diastolic' | 'pulse') => FieldError | undefined
  readonly onChange: (reading: ReadingDraft) => void
  readonly upperRef: (element: HTMLElement) => void
}) {
  const boxes: (HTMLElement | undefined)[] = []
  const type = (field: (typeof FIELDS)[number], place: number, text: string) => {
    const whole = field === 'systolic' ? parseReadingText(text) : undefined
    const finished = FINISHED.exec(text)?.[1]
    if (whole !== undefined) props.onChange({ ...props.reading, ...whole })
    else props.onChange({ ...props.reading, [field]: finished ?? text })
    if (whole !== undefined) boxes[whole.pulse === '' ? 2 : 0]?.focus()
    else if (finished !== undefined) boxes[place + 1]?.focus()
  }
  return (
    <fieldset class={styles.reading}>
      <legend class={props.legend === undefined ? field.unseen : styles.legend}>
        {props.legend ?? t('kind.blood-pressure')}
      </legend>
      <div class={styles.numbers}>
        <For each={FIELDS}>
          {(field, place) => (
            <TextField
              label={t(`form.${field}`)}
              value={props.reading[field]}
              onInput={text => type(field, place(), text)}
              inputMode="numeric"
              optional={field === 'pulse'}
              suffix={field === 'pulse' ? t('form.perMinute') : 'mmHg'}
              error={errorWords(props.errorOf(field))}
              ref={element => {
                boxes[place()] = element
                if (field === 'systolic') props.upperRef(element)
              }}
            />
          )}
        </For>
      </div>
      <Show when={props.hint}>
        <p class={field.hint}>{t('form.reading.hint')}</p>
      </Show>
    </fieldset>
  )
}

function Circumstances(props: {
  readonly draft: BloodPressureDraft
  readonly onChange: (part: Partial<BloodPressureDraft>) => void
}) {
  return (
    <div class={styles.inner}>
      <div class={styles.pair}>
        <SelectField
          label={t('form.arm')}
          value={props.draft.arm}
          options={[
            { value: '', label: t('form.unstated') },
            { value: 'left', label: t('form.arm.left') },
            { value: 'right', label: t('form.arm.right') },
          ]}
          onChange={arm => props.onChange({ arm })}
        />
        <SelectField
          label={t('form.posture')}
          value={props.draft.posture}
          options={[
            { value: '', label: t('form.unstated') },
            { value: 'sitting', label: t('form.posture.sitting') },
            { value: 'standing', label: t('form.posture.standing') },
            { value: 'lying', label: t('form.posture.lying') },
          ]}
          onChange={posture => props.onChange({ posture })}
        />
        <SelectField
          label={t('form.medicineTime')}
          value={props.draft.medicine}
          options={[
            { value: '', label: t('form.unstated') },
            { value: 'before', label: t('form.medicineTime.before') },
            { value: 'after', label: t('form.medicineTime.after') },
          ]}
          onChange={medicine => props.onChange({ medicine })}
        />
      </div>
      <TextField
        label={t('form.note')}
        optional
        multiline
        value={props.draft.note}
        onInput={note => props.onChange({ note })}
      />
    </div>
  )
}
